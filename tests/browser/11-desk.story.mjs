// A verifier decides by keyboard alone: at most six keys from the queue to the decision. They ask for more, so that the
// application still stands for the stories after this one.
import { assert, story } from "./support.mjs";

const MOST = 6;

story("a decision in six keys", async (cast) => {
  const { page } = await cast.member("mo");
  await page.goto("/verify");
  const waiting = await page.locator(".queue a[data-part=free]").count();
  if (waiting === 0) return;
  await page.waitForLoadState("networkidle");
  let keys = 0;
  const press = async (/** @type {string} */ key) => {
    keys += 1;
    await page.keyboard.press(key);
  };
  await press("n");
  await page.waitForURL(/\/verify\/[0-9a-z]{25}$/);
  await page.waitForLoadState("networkidle");
  await press("m");
  assert.equal(await page.evaluate(() => document.activeElement?.id), "reason", "the reasons have focus");
  assert.equal(await page.locator("#reason option:not([hidden])[data-of=approve]").count(), 0, "only reasons to ask for more");
  await press("1");
  assert.notEqual(await page.locator("#reason").inputValue(), "");
  await press("Enter");
  await page.waitForURL(/done=more/);
  assert.ok(keys <= MOST, `${keys} keys`);
});
