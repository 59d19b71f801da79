"use strict";
(() => {
  const told = JSON.parse(document.getElementById("told").textContent);
  const all = (selector, from = document) => [...from.querySelectorAll(selector)];
  const root = document.documentElement;

  // ground: as the system has it, until somebody chooses
  const ground = document.getElementById("ground");
  const shade = (dark) => { root.classList.toggle("dark", dark); ground.setAttribute("aria-pressed", dark); ground.textContent = dark ? "light" : "dark"; };
  shade(matchMedia("(prefers-color-scheme: dark)").matches);
  ground.addEventListener("click", () => shade(!root.classList.contains("dark")));

  // whom to show
  const boxes = all("#cast input");
  const filter = () => boxes.forEach((box) => all(`.person.p${box.dataset.person}`).forEach((part) => part.classList.toggle("off", !box.checked)));
  boxes.forEach((box) => box.addEventListener("change", filter));
  const everybody = (checked) => { boxes.forEach((box) => { box.checked = checked; }); filter(); };
  document.getElementById("everybody").addEventListener("click", () => everybody(true));
  document.getElementById("nobody").addEventListener("click", () => everybody(false));

  // an event and why it happens
  const card = document.getElementById("card"), cardText = document.getElementById("card-text");
  const node = (name, text, ...children) => { const made = document.createElement(name); if (text) made.textContent = text; made.append(...children); return made; };
  const reason = (why) => {
    const said = why.verdict === "found" ? `${why.person} (${why.gain[0]} → ${why.gain[1]})` : `${why.person}: ${why.verdict}`;
    return node("li", said, node("ol", "", ...why.plan.map((step) => node("li", step))));
  };
  const show = (number) => {
    const event = told.events[number - 1];
    all(".event.shown").forEach((part) => part.classList.remove("shown"));
    all(`.event[data-event="${number}"]`).forEach((part) => part.classList.add("shown"));
    const parts = [node("h3", `${event.number}. ${event.sentence}`), node("p", `${told.scenes[event.scene].title}${event.place ? `, ${event.place}` : ""}${event.possible ? "" : "; impossible as told"}`)];
    if (event.mode === "fate") parts.push(node("p", "Nobody chose it."));
    if (event.reasons.length) parts.push(node("strong", "Why"), node("ul", "", ...event.reasons.map(reason)));
    if (event.changes.length) parts.push(node("strong", "What it changes"), node("ul", "", ...event.changes.map((change) => node("li", `${change.fact} = ${change.value}`))));
    const seen = event.witnesses.map((witness) => witness.how === "sees" ? witness.person : `${witness.person} (${witness.how})`);
    parts.push(node("p", seen.length ? `Learnt of by ${seen.join(", ")}.` : "Nobody learns of it."));
    if (document.getElementById(`event-${number}`)) {
      const link = node("a", "verdict and motives in full");
      link.href = `#event-${number}`;
      parts.push(link);
    }
    cardText.replaceChildren(...parts);
    card.hidden = false;
    arcs(number);
  };
  const arcs = (number) => {
    const graph = document.querySelector("#why svg");
    graph.classList.toggle("picked", number !== null);
    all(".arc", graph).forEach((arc) => arc.classList.toggle("on", number !== null && (arc.dataset.from === String(number) || arc.dataset.to === String(number))));
  };
  const hide = () => { card.hidden = true; all(".event.shown").forEach((part) => part.classList.remove("shown")); arcs(null); };
  all(".event").forEach((part) => {
    part.addEventListener("click", () => show(Number(part.dataset.event)));
    part.addEventListener("keydown", (press) => {
      if (press.key === "Enter" || press.key === " ") { press.preventDefault(); show(Number(part.dataset.event)); }
      const step = { ArrowDown: 1, ArrowUp: -1 }[press.key];
      if (!step) return;
      const next = part.closest("svg").querySelector(`.event[data-event="${Number(part.dataset.event) + step}"]`);
      if (next) { press.preventDefault(); next.focus(); }
    });
  });
  document.getElementById("close").addEventListener("click", hide);
  addEventListener("keydown", (press) => { if (press.key === "Escape") hide(); });

  // facts by name
  document.getElementById("find").addEventListener("input", (typed) => {
    const wanted = typed.target.value.trim().toLowerCase();
    all(".matter").forEach((matter) => { matter.hidden = wanted !== "" && !matter.textContent.toLowerCase().includes(wanted); });
  });

  // which arcs
  all("[data-arc]").forEach((box) => box.addEventListener("change", () => all(`.arc.${box.dataset.arc}`).forEach((arc) => { arc.style.display = box.checked ? "" : "none"; })));

  // ties at a moment
  const slider = document.getElementById("moment"), when = document.getElementById("when");
  const facts = all("[data-fact]");
  const ties = () => {
    const moment = Number(slider.value);
    const wanted = new Set(facts.filter((box) => box.checked).map((box) => `fact-${box.dataset.fact}`));
    when.textContent = moment ? `${moment}: ${told.events[moment - 1].sentence}` : "none: the opening";
    all("#relations .tie").forEach((tie) => {
      const spells = tie.dataset.spells.split(" ").map((spell) => spell.split(":").map(Number));
      const holds = spells.filter(([since]) => since <= moment).at(-1)[1];
      tie.style.display = holds && wanted.has(tie.classList[1]) ? "" : "none";
    });
  };
  slider.addEventListener("input", ties);
  facts.forEach((box) => box.addEventListener("change", ties));
  ties();
})();
