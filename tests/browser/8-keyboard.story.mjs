// Without a pointer: every act by keys, and the focus is always somewhere.
import { PASSWORD, assert, isLive, story } from "./support.mjs";

/** @param {import("playwright-core").Page} page */
async function held(page, when) {
  assert.ok(await page.evaluate(() => document.activeElement !== document.body && document.activeElement !== null), `focus is somewhere ${when}`);
}

/**
 * Tabs until what has focus answers to the test, as one does who cannot point.
 * @param {import("playwright-core").Page} page
 * @param {string} css
 * @param {RegExp} [words]
 */
async function tabTo(page, css, words = /./) {
  for (let n = 0; n < 200; n++) {
    await page.keyboard.press("Tab");
    const [is, seen] = await page.evaluate(
      ([css, words]) => {
        const at = /** @type {HTMLElement} */ (document.activeElement);
        const style = getComputedStyle(at);
        const near = at.closest("label, .editor, .searchbox") ?? at;
        const hasOutline = [at, near, at.closest("li") ?? at].some((one) => [undefined, "::after", "::before"].some((part) => getComputedStyle(one, part).outlineStyle !== "none")) || style.boxShadow !== "none";
        return [at.matches(css) && new RegExp(words, "i").test(at.textContent || at.getAttribute("aria-label") || at.id), at === document.body || hasOutline];
      },
      [css, words.source],
    );
    assert.ok(seen, `the focus is seen on the way to ${css}: ${await page.evaluate(() => document.activeElement?.outerHTML.slice(0, 120))}`);
    if (is) return;
  }
  assert.fail(`no way by Tab to ${css} ${words}`);
}

story("by keyboard alone", async (cast) => {
  const { page } = await cast.stranger();
  await page.goto("/sign-in");
  await tabTo(page, "#email", /email/);
  await page.keyboard.type("farah@demo.example");
  await page.keyboard.press("Tab");
  await page.keyboard.type("not the password at all");
  await page.keyboard.press("Enter");
  await page.locator(".error-box").waitFor();
  await held(page, "after a wrong password");
  await tabTo(page, "#password", /password/);
  await page.keyboard.type(PASSWORD);
  await page.keyboard.press("Enter");
  await page.waitForURL((url) => url.pathname === "/");

  // The way past the masthead.
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement?.className), "skip");
  await page.keyboard.press("Enter");
  await tabTo(page, ".threads a", /Kawasaki/);
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/threads\//);
  await isLive(page);

  await page.keyboard.press("j");
  await held(page, "after j");
  await page.keyboard.press("j");
  assert.equal(await page.evaluate(() => document.activeElement?.getAttribute("data-position")), "2");
  await page.keyboard.press("k");
  assert.equal(await page.evaluate(() => document.activeElement?.getAttribute("data-position")), "1");
  await page.keyboard.press("r");
  assert.equal(await page.evaluate(() => document.activeElement?.id), "body");
  const words = `By keys alone ${process.pid}: we give it, and repeat the echocardiogram.`;
  await page.keyboard.type(`${words} Mr Tobias Greenhollow agreed.`);
  await page.locator(".finding").first().waitFor();
  await tabTo(page, '[data-does="use"]');
  await page.keyboard.press("Enter");
  await held(page, "after a change");
  assert.equal(await page.evaluate(() => document.activeElement?.getAttribute("data-does")), "undo");
  await page.keyboard.press("Enter");
  await held(page, "after undoing it");
  await page.locator("#body").focus();
  await page.keyboard.press("Control+a");
  await page.keyboard.type(words);
  await tabTo(page, "[name=ground]", /./);
  await page.keyboard.press("Space");
  await tabTo(page, "[name=interest_statement]", /./);
  await page.keyboard.press("Space");
  await tabTo(page, '[data-part="publish"]');
  await page.keyboard.press("Enter");
  await page.locator("article.post", { hasText: words }).waitFor();
  await page.waitForTimeout(300);
  assert.ok(await page.evaluate((words) => document.activeElement?.textContent?.includes(words), words), "focus is on the published reply");

  // Flag somebody's post.
  await page.locator("article.post").nth(1).focus();
  await tabTo(page, "article.post .actions a", /Flag/);
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/flag$/);
  await tabTo(page, "[name=kind]", /./);
  await page.keyboard.press("ArrowDown");
  await held(page, "in the choices");
  await page.locator('[name="kind"][value="accuracy"]').focus();
  await page.keyboard.press("Space");
  await tabTo(page, "main button", /Send/);
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/threads\//);
  assert.match(await page.locator(".notice").innerText(), /You will hear what was decided/);
});
