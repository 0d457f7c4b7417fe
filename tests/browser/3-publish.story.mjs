// A case with identifiers cannot go out; the page shows what to change, and one press changes it.
import { assert, isLive, story, until } from "./support.mjs";

const TITLE = "Hyperkalaemia on trimethoprim: how soon to repeat the potassium?";
const LEAKS = "Mrs Harriet Oakleyford came to Ward 7B on 14 March 2024 with two days of weakness. Her daughter can be reached on 07700 900461.";

story("a case is cleaned as it is written, and published", async (cast) => {
  const { page } = await cast.member("ada");
  await page.goto("/new?room=renal");
  await page.locator("#title").fill(TITLE);
  await page.locator("#presentation").pressSequentially(LEAKS, { delay: 2 });
  const findings = page.locator(".findings > .finding:not(.fixed)");
  await findings.first().waitFor();
  await until(async () => (await findings.count()) >= 3, "name, date and telephone are found");
  const words = (await page.locator(".finding q").allInnerTexts()).join(" | ");
  assert.match(words, /Oakleyford/);
  assert.match(words, /14 March 2024/);
  assert.match(words, /07700 900461/);
  assert.ok((await page.locator("#presentation").locator("..").locator(".mirror mark").count()) >= 3, "marked in the text");
  assert.match(await page.locator('[data-part="count"]').innerText(), /to fix/);
  await page.locator("#question").fill("Would you repeat it at four hours or the next morning?");

  // Pressed too early: moved to the first, nothing lost.
  await page.locator("label", { has: page.locator("#basis") }).click();
  await page.locator("label", { has: page.locator("#interest_statement") }).click();
  await page.getByRole("button", { name: "Publish" }).click({ force: true });
  await page.getByText("We have moved you to the first").waitFor();
  assert.ok(await page.evaluate(() => document.activeElement?.closest(".finding") !== null), "focus is at the first finding");

  for (let round = 0; round < 12 && (await findings.count()) > 0; round++) {
    const first = findings.first();
    const use = first.locator('[data-does="use"]');
    if (await use.count()) {
      await use.click();
      assert.equal(await page.evaluate(() => document.activeElement?.getAttribute("data-does")), "undo", "focus goes to Undo");
    } else if (await first.locator("input[type=radio]").count()) {
      if (await findings.locator("input[type=radio]:checked").count() === (await findings.count())) break;
      await findings.locator("fieldset:not(:has(:checked)) input[type=radio]").first().check();
    }
    await page.waitForTimeout(500);
  }
  await until(async () => (await page.locator('[data-part="count"]').innerText()) === "0 to fix", "nothing left to fix");
  const clean = await page.locator("#presentation").inputValue();
  assert.doesNotMatch(clean, /Oakleyford|14 March|07700/);
  await page.getByRole("button", { name: "Publish" }).click();
  await page.waitForURL(/\/threads\//);
  await isLive(page);
  assert.equal(await page.locator("h1").innerText(), TITLE);
  assert.doesNotMatch(await page.locator("main").innerText(), /Oakleyford|07700/);
  await page.locator("article.post .interest", { hasText: "Nothing to declare" }).first().waitFor();
});

story("an answer to a question of the check, and an interest", async (cast) => {
  const { page } = await cast.member("hana");
  await page.goto("/new?room=psychiatry");
  await page.locator("#title").fill("Stopping lithium in a lighthouse keeper: how slowly?");
  await page.locator("#presentation").fill("A lighthouse keeper in her fifties on lithium for 20 years, now with an eGFR of 38. She is the only female lighthouse keeper in the county.");
  await page.locator("#question").fill("Over how many months would you taper?");
  const ask = page.locator(".finding.ask");
  await ask.first().waitFor();
  await page.locator("label", { has: page.locator("#basis") }).click();
  await page.locator("label", { has: page.locator("#interest_statement-some") }).click();
  assert.ok((await page.locator('[name="interests"]').count()) > 0, "her own interests are offered");
  if (!(await page.locator('[name="interests"]:checked').count())) await page.locator('[name="interests"]').first().check();
  await until(async () => {
    const open = page.locator(".finding.ask fieldset:not(:has(:checked)) input[type=radio]");
    if (await open.count()) await open.first().check();
    return (await page.locator('[data-part="count"]').innerText()) === "0 to fix";
  }, "all answered");
  await page.getByRole("button", { name: "Publish" }).click();
  await page.waitForURL(/\/threads\//);
  await page.locator("article.post .interest.some").first().waitFor();
});

story("the same without script", async (cast) => {
  const { page } = await cast.member("ada", { javaScriptEnabled: false });
  await page.goto("/new?room=renal");
  await page.locator("#title").fill("Potassium and trimethoprim, again");
  await page.locator("#presentation").fill(LEAKS);
  await page.locator("#question").fill("When to repeat?");
  await page.locator("#basis").check();
  await page.locator("#interest_statement").check();
  await page.getByRole("button", { name: "Publish" }).click();
  await page.locator(".error-box").waitFor();
  assert.equal(await page.locator("#presentation").inputValue(), LEAKS, "nothing typed is lost");
  assert.equal(await page.locator("#title").inputValue(), "Potassium and trimethoprim, again");
  assert.ok(await page.locator("#basis").isChecked());
  assert.ok((await page.locator(".finding").count()) >= 3, "what was found is listed");
  await page.locator("#presentation").fill("A woman in her seventies came with two days of weakness. Potassium 6.9 mmol/L on day 4 of trimethoprim.");
  await page.getByRole("button", { name: "Publish" }).click();
  await page.waitForURL(/\/threads\//);
  assert.equal(await page.locator("h1").innerText(), "Potassium and trimethoprim, again");
});
