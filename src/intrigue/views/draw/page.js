"use strict";
(async () => {
  const bytes = Uint8Array.from(atob(document.getElementById("told").textContent), (sign) => sign.charCodeAt(0));
  const told = await new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))).json();
  const all = (selector, from = document) => [...from.querySelectorAll(selector)];
  const by = (id) => document.getElementById(id);
  const root = document.documentElement;

  // ground: as the system has it, until somebody chooses
  const ground = by("ground");
  const shade = (dark) => { root.classList.toggle("dark", dark); ground.setAttribute("aria-pressed", dark); ground.textContent = dark ? "light" : "dark"; };
  shade(matchMedia("(prefers-color-scheme: dark)").matches);
  ground.addEventListener("click", () => shade(!root.classList.contains("dark")));

  // whom to show: lines and marks, events with none of them, strips and ties of others
  const boxes = all("#cast input");
  const number = new Map(told.persons.map((name, i) => [name, i]));
  const filter = () => {
    const off = new Set(boxes.filter((box) => !box.checked).map((box) => Number(box.dataset.person)));
    boxes.forEach((box) => all(`.person.p${box.dataset.person}`).forEach((part) => part.classList.toggle("off", !box.checked)));
    told.events.forEach((event) => {
      const who = [...event.takes_part, ...event.reasons.map((why) => why.person)];
      const faint = who.length > 0 && who.every((name) => off.has(number.get(name)));
      marks.get(event.number)?.forEach((part) => part.classList.toggle("faint", faint));
    });
    all("#knowledge [data-persons]").forEach((part) => part.classList.toggle("off", part.dataset.persons.split(" ").every((who) => off.has(Number(who)))));
    all("#relations [data-persons]").forEach((part) => part.classList.toggle("gone", part.dataset.persons.split(" ").some((who) => off.has(Number(who)))));
    ties();
  };
  const everybody = (checked) => { boxes.forEach((box) => { box.checked = checked; }); filter(); };
  boxes.forEach((box) => box.addEventListener("change", filter));
  by("everybody").addEventListener("click", () => everybody(true));
  by("nobody").addEventListener("click", () => everybody(false));

  // what is folded away is drawn when it is unfolded
  const unfold = (details) => all("[data-folded]", details).filter((part) => part.closest("details") === details).forEach((part) => {
    part.innerHTML = told.folded[part.dataset.folded];
    delete part.dataset.folded;
    filter();
  });
  all("details").forEach((details) => details.addEventListener("toggle", () => { if (details.open) unfold(details); }));

  // the marks of each event, in all pictures; what the mouse would be told of one is on the card
  const marks = new Map();
  all(".event").forEach((part) => {
    const of = Number(part.dataset.event);
    marks.set(of, [...(marks.get(of) ?? []), part]);
    const title = part.querySelector(":scope > title");
    if (title) { part.setAttribute("aria-label", title.textContent); title.remove(); }
  });

  // an event and why it happens: shown while it is pointed at or has the focus, kept when it is chosen
  const card = by("card"), cardText = by("card-text");
  let kept = null;
  const node = (name, text, ...children) => { const made = document.createElement(name); if (text) made.textContent = text; made.append(...children); return made; };
  const list = (name, items) => node(name, "", ...items.map((item) => node("li", "", item)));
  const short = (value) => Math.round(value * 100) / 100;
  const reason = (why) => {
    const said = why.verdict === "found" ? `${why.person} (${short(why.gain[0])} → ${short(why.gain[1])})` : `${why.person}: ${{ none: "no motive", uninformed: "cannot know why", undecided: "undecided", "false claim": "the claimed motive fails" }[why.verdict]}`;
    const beliefs = why.beliefs.map(([says, truth]) => truth === null ? node("span", says) : node("strong", `${says}: wrong, it is ${truth}`));
    return node("li", said, list("ol", why.plan), ...(beliefs.length ? [node("small", "taking it that"), list("ul", beliefs)] : []));
  };
  const show = (number) => {
    const event = told.events[number - 1];
    all(".event.shown").forEach((part) => part.classList.remove("shown"));
    marks.get(number).forEach((part) => part.classList.add("shown"));
    const parts = [node("h3", `${event.number}. ${event.sentence}`), node("p", `${told.scenes[event.scene].title}${event.place ? `, ${event.place}` : ""}${event.possible ? "" : "; impossible as told"}`)];
    if (event.mode === "fate") parts.push(node("p", "Nobody chose it."));
    if (event.reasons.length) parts.push(node("strong", "Why"), node("ul", "", ...event.reasons.map(reason)));
    if (event.changes.length) parts.push(node("strong", "What it changes"), list("ul", event.changes.map((change) => `${change.fact} = ${change.value}`)));
    const seen = event.witnesses.map((witness) => witness.how === "sees" ? witness.person : `${witness.person} (${witness.how === "partly" ? "partly" : `as: ${witness.instead}`})`);
    parts.push(node("p", seen.length ? `Learnt of by ${seen.join(", ")}.` : "Nobody learns of it."));
    if (by(`event-${number}`)) {
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
  const hide = () => { kept = null; card.hidden = true; all(".event.shown").forEach((part) => part.classList.remove("shown")); arcs(null); };
  const peek = (number) => { if (kept === null) { card.removeAttribute("aria-live"); show(number); } };
  const leave = () => { if (kept === null) hide(); };
  const keep = (number) => { kept = number; card.setAttribute("aria-live", "polite"); show(number); };
  const of = (target) => Number(target.closest?.("[data-event]")?.dataset.event ?? 0);
  const main = document.querySelector("main");
  main.addEventListener("mouseover", (point) => { if (of(point.target)) peek(of(point.target)); else leave(); });
  main.addEventListener("mouseleave", leave);
  main.addEventListener("focusin", (focus) => { if (focus.target.matches(".event")) peek(of(focus.target)); });
  main.addEventListener("focusout", leave);
  main.addEventListener("click", (click) => { if (of(click.target)) keep(of(click.target)); });
  main.addEventListener("keydown", (press) => {
    const part = press.target;
    if (!part.matches(".event")) return;
    if (press.key === "Enter" || press.key === " ") { press.preventDefault(); keep(of(part)); }
    const to = { ArrowDown: of(part) + 1, ArrowUp: of(part) - 1, Home: 1, End: told.events.length }[press.key];
    const next = to && marks.get(to)?.find((each) => each.closest("section") === part.closest("section"));
    if (!next) return;
    press.preventDefault();
    part.tabIndex = -1;
    next.tabIndex = 0;
    next.focus();
  });
  by("close").addEventListener("click", hide);
  addEventListener("keydown", (press) => { if (press.key === "Escape") hide(); });

  // facts by name
  by("find").addEventListener("input", (typed) => {
    const wanted = typed.target.value.trim().toLowerCase();
    const matters = all(".matter");
    const said = (matter) => matter.textContent + all("[data-folded]", matter).map((part) => told.folded[part.dataset.folded]).join(" ");
    matters.forEach((matter) => { matter.hidden = wanted !== "" && !said(matter).toLowerCase().includes(wanted); });
    by("found").textContent = wanted ? `${matters.filter((matter) => !matter.hidden).length} of ${matters.length}` : "";
  });

  // which arcs
  all("[data-arc]").forEach((box) => box.addEventListener("change", () => all(`.arc.${box.dataset.arc}`).forEach((arc) => { arc.style.display = box.checked ? "" : "none"; })));

  // ties at a moment, drawn and said
  const slider = by("moment"), facts = all("[data-fact]");
  const tied = all("#relations .tie").map((part) => ({
    part, fact: part.classList[1], says: part.querySelector("title").textContent,
    spells: part.dataset.spells.split(" ").map((spell) => spell.split(":").map(Number)),
    unknown: (part.dataset.unknown ?? "").split(" ").filter(Boolean).map((spell) => { const [since, who] = spell.split(":"); return [Number(since), who ? who.split(",").map(Number) : []]; }),
  }));
  // to whom a tie is not known, or who takes it otherwise: whoever are fewer, those or the others, are named
  const names = (who) => who.map((i) => told.persons[i]).join(", ");
  const known = (who, moment) => {
    const living = told.persons.map((_, i) => i).filter((i) => told.died[i] === null || told.died[i] > moment);
    const rest = living.filter((i) => !who.includes(i));
    return who.length <= rest.length ? `not known to ${names(who)}` : rest.length ? `known only to ${names(rest)}` : "known to nobody";
  };
  const changes = [...new Set(tied.flatMap((tie) => tie.spells.map(([since]) => since)))].sort((a, b) => a - b);
  const ties = () => {
    if (!slider) return;
    const moment = Number(slider.value);
    const wanted = new Set(facts.filter((box) => box.checked).map((box) => `fact-${box.dataset.fact}`));
    by("when").textContent = moment ? `${moment}: ${told.events[moment - 1].sentence}` : "none: the opening";
    const lines = [];
    tied.forEach(({ part, fact, says, spells, unknown }) => {
      const shown = wanted.has(fact) && !part.classList.contains("gone");
      const [since, holds] = spells.findLast(([since]) => since <= moment);
      part.style.display = shown && holds ? "" : "none";
      const now = moment > 0 && since === moment;
      if (!shown || !(holds || now)) return;
      const line = node("li", "", now && !holds ? node("s", says) : says);
      const [, who] = unknown.findLast(([since]) => since <= moment) ?? [];
      if (holds && who?.length) line.append(" ", node("small", known(who, moment)));
      if (now) { line.className = "now"; lines.unshift(line); } else lines.push(line);
    });
    by("said").replaceChildren(...lines);
  };
  const move = (to) => { if (to !== undefined) { slider.value = to; ties(); } };
  slider?.addEventListener("input", ties);
  by("earlier")?.addEventListener("click", () => move(changes.findLast((moment) => moment < Number(slider.value))));
  by("later")?.addEventListener("click", () => move(changes.find((moment) => moment > Number(slider.value))));
  facts.forEach((box) => box.addEventListener("change", ties));
  ties();
  // on paper: light, and the graph that is taller than a page in slices between two rows
  let dark = false, slices = [];
  addEventListener("beforeprint", () => {
    dark = root.classList.contains("dark");
    shade(false);
    const graph = document.querySelector("#why svg"), { width, height } = graph.viewBox.baseVal;
    const row = 18, tall = Math.floor((width * 0.6) / row) * row, margin = 10;
    for (let top = 0; height > tall && top < height - margin; top += tall) {
      const slice = graph.cloneNode(true), from = top && top + margin, to = Math.min(top + tall + margin, height);
      slice.setAttribute("viewBox", `0 ${from} ${width} ${to - from}`);
      slice.setAttribute("height", to - from);
      slices.push(node("div", "", slice));
      slices.at(-1).className = "slice";
    }
    if (slices.length) graph.parentElement.classList.add("sliced");
    graph.parentElement.after(...slices);
  });
  addEventListener("afterprint", () => {
    shade(dark);
    slices.forEach((slice) => slice.remove());
    slices = [];
    all(".sliced").forEach((part) => part.classList.remove("sliced"));
  });
  root.dataset.ready = "";
  performance.mark("ready");
})();
