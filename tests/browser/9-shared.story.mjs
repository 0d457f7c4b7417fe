// A ward computer: after signing out, Back shows nothing clinical.
import { assert, openThread, story } from "./support.mjs";

story("a shared computer keeps nothing", async (cast) => {
  const { page, context } = await cast.member("gabriel", { shared: true });
  await openThread(page, /Febrile infant/);
  assert.equal(await page.locator("body").getAttribute("data-js"), "quiet");
  const post = await page.locator("article.post .prose").first().innerText();
  await page.goto("/settings");
  assert.match(await page.locator("#sessions + .devices").innerText(), /Shared/);
  await page.locator("#sessions + .devices form[action='/sign-out'] button").click();
  await page.waitForURL(/\/sign-in/);
  assert.equal((await context.cookies()).length, 0, "no cookie stays");
  for (let n = 0; n < 3; n++) {
    await page.goBack({ waitUntil: "domcontentloaded" });
    await page.waitForLoadState("networkidle");
    assert.equal(await page.locator("article.post, .threads .thread").count(), 0, `nothing clinical after Back (${n + 1})`);
    assert.ok(!(await page.content()).includes(post.slice(0, 60)));
  }
  const kept = await page.evaluate(() => localStorage.length + sessionStorage.length);
  assert.equal(kept, 0, "nothing is kept on the device");
});
