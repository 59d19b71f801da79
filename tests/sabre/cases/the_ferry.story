story The ferry
in the_ferry

wants
  author: holder(Crate) = Far Bank x2; holder(Crate) = Officer
  Smuggler: holder(Crate) = Near Bank or holder(Crate) = Far Bank x2 while mood(Smuggler) != wary; mood(Smuggler) != wary
  Officer: holder(Crate) = Officer
  Ferryman: paid(Ferryman)

cast
  Smuggler: person, at Near Bank, mood = calm
  Officer: person, at Customs House, mood = calm
  Ferryman: person, at Near Bank, mood = calm
  Near Bank, Far Bank, Customs House: bank
  Old Boat: vessel
  Crate: item, at Old Boat
  Silver Coin: coin, at Smuggler

start
  path(Near Bank, Customs House)
  path(Far Bank, Customs House)
  path(Customs House, Customs House)
  path(Near Bank, Far Bank)
  Officer believes holder(Crate) = unknown
  Smuggler believes Officer believes holder(Crate) = Old Boat
