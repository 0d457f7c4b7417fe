// Finding past discussions.
import { assert, story } from "./support.mjs";

story("search", async (cast) => {
  const { page } = await cast.member("ada");
  const look = async (/** @type {string} */ words) => {
    await page.goto("/search");
    await page.locator("#q").fill(words);
    await page.getByRole("button", { name: "Search", exact: true }).click();
    await page.waitForURL(/\/search\?/);
  };
  const hits = page.locator("article.hit");

  await look("MI");
  assert.ok((await hits.count()) > 0);
  assert.match(await page.locator(".searched").innerText(), /myocardial infarction/i, "it says what else was searched for");
  const marks = (await page.locator(".hit mark").allInnerTexts()).join(" ").toLowerCase();
  assert.match(marks, /myocardial infarction|myocardial|infarction|\bmi\b/);
  await page.goto("/search?q=myocardial+infarction");
  assert.match(await page.locator(".hit").first().innerText(), /MI|infarction/);

  await look("calciphilaxis");
  assert.match(await hits.first().innerText(), /Calciphylaxis/, "a slip of the pen is forgiven");
  await look("hyponatremia");
  assert.match(await hits.first().innerText(), /hyponatraemia/i, "American spelling finds British");

  await look("steroid");
  const all = await hits.count();
  await page.locator(".from-60 .facet-links a").nth(1).click();
  await page.waitForURL(/room=/);
  assert.ok((await hits.count()) > 0 && (await hits.count()) <= all);
  await page.locator(".chip").first().click();
  assert.equal(await hits.count(), all, "the chip takes the filter away");
  await page.locator(".from-60 [name=to]").fill("2001-01-01");
  await page.locator(".from-60").getByRole("button", { name: "Show these dates" }).click();
  await page.locator(".empty").waitFor();

  await look("xylophone quadrille");
  assert.match(await page.locator(".empty").innerText(), /No discussion found/);
  await page.locator(".empty").getByRole("link", { name: "Ask it" }).click();
  await page.waitForURL(/\/new/);

  // The field in the masthead, by keyboard.
  await page.locator("#q-top").fill("kawasaki");
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/search\?q=kawasaki/);
  await hits.first().getByRole("link").first().click();
  await page.waitForURL(/\/threads\//);
});
