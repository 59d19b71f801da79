// Exports, read by the tools for which they are meant: a Twee compiler and an Ink compiler.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { test } from "node:test";
import { StoryFormat, compileTwine2HTML, parseTwee } from "extwee";
import { Compiler, Story } from "inkjs/full";
import { made } from "./open.mjs";

for (const file of made(".twee")) {
  test(`${basename(file)} compiles, and every link leads somewhere`, () => {
    const story = parseTwee(readFileSync(file, "utf8"));
    const format = Object.assign(new StoryFormat(), { name: "plain", version: "1.0.0", source: "<html>{{STORY_NAME}}{{STORY_DATA}}</html>" });
    const html = compileTwine2HTML(story, format);
    const names = new Set(story.passages.map((passage) => passage.name));
    assert.ok(names.has(story.start));
    const reached = new Set();
    const walk = (name) => {
      if (reached.has(name)) return;
      reached.add(name);
      const passage = story.passages.find((each) => each.name === name);
      assert.ok(passage, `no passage ${name}`);
      for (const [, to] of passage.text.matchAll(/\[\[.*?->(.*?)\]\]/g)) walk(to);
    };
    walk(story.start);
    assert.deepEqual([...names].filter((name) => !reached.has(name)), []);
    assert.equal([...html.matchAll(/<tw-passagedata/g)].length, names.size);
  });
}

for (const file of made(".ink")) {
  test(`${basename(file)} plays to every end`, () => {
    const compiled = new Compiler(readFileSync(file, "utf8")).Compile().ToJson();
    assert.ok(compiled);
    const ends = [];
    const play = (choices) => {
      const story = new Story(compiled);
      let said = "";
      for (const choice of [...choices, null]) {
        while (story.canContinue) said += story.Continue();
        if (choice !== null) story.ChooseChoiceIndex(choice);
      }
      if (story.currentChoices.length === 0) ends.push(said);
      else story.currentChoices.forEach((_, i) => { play([...choices, i]); });
    };
    play([]);
    assert.ok(ends.length > 0 && ends.every((said) => said.length > 0));
  });
}
