story The pier
in heroic_bloodshed

cast
  Kei: gangster, he, at the harbour, armed
  Ming: person, she, at the pier
  Tong: gangster, he, at the harbour, armed
  the harbour, the pier, the villa: place, public
  the bag: case, at the villa, contents = money

wants
  Kei: holder(the bag) = Kei

scene The pier
  ...
  Kei beats Ming.
