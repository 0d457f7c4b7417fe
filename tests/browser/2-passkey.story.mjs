// A passkey is made, used, renamed and removed; sessions are seen and ended.
import { assert, authenticator, signOut, story, until } from "./support.mjs";

story("a passkey instead of a password", async (cast) => {
  const ada = await cast.member("ada");
  const { page } = ada;
  const device = await authenticator(page);
  await page.goto("/settings");
  await page.locator("#new-passkey").fill("Ward tablet");
  await page.getByRole("button", { name: "Add a passkey" }).click();
  await page.getByRole("heading", { name: "Ward tablet" }).waitFor();
  const [credential] = await device.credentials();
  assert.ok(credential?.isResidentCredential, "asked for as a resident key");

  await signOut(page);
  await page.getByRole("button", { name: "Sign in with a passkey" }).click();
  await page.waitForURL((url) => url.pathname === "/");
  await page.getByRole("link", { name: "Dr Ada Marchetti-Wren" }).waitFor();

  await page.goto("/settings");
  const row = page.locator(".devices li", { has: page.getByRole("heading", { name: "Ward tablet" }) });
  assert.match(await row.innerText(), /Used /, "its use is told");
  await row.locator("summary").click();
  await row.getByLabel("Name").fill("Blue tablet");
  await row.getByRole("button", { name: "Rename" }).click();
  await page.getByRole("heading", { name: "Blue tablet" }).waitFor();
  assert.equal(await page.getByRole("heading", { name: "Ward tablet" }).count(), 0);
  const renamed = page.locator(".devices li", { has: page.getByRole("heading", { name: "Blue tablet" }) });
  await renamed.locator("summary").click();
  await renamed.getByRole("button", { name: "Remove this passkey" }).click();
  await until(async () => (await page.getByRole("heading", { name: "Blue tablet" }).count()) === 0, "the passkey is gone");

  // A removed passkey opens nothing; the words say so.
  await signOut(page);
  ada.allow(/status of 4\d\d/);
  await page.getByRole("button", { name: "Sign in with a passkey" }).click();
  await page.locator('[data-js="passkey-sign-in"] [data-part="problem"]:not([hidden])').waitFor();
  assert.match(new URL(page.url()).pathname, /sign-in/);
});

story("sessions are seen and ended", async (cast) => {
  const here = await cast.member("bram");
  const there = await cast.member("bram");
  await there.page.goto("/");
  await there.page.locator(".threads a").first().click();
  await there.page.locator("#posts").waitFor();
  await here.page.goto("/settings");
  const sessions = here.page.locator("#sessions + .devices > li");
  assert.ok((await sessions.count()) >= 2, "both are listed");
  assert.equal(await sessions.filter({ hasText: "Now, this one." }).count(), 1);
  await here.page.getByRole("button", { name: "End all others" }).click();
  await until(async () => (await sessions.count()) === 1, "one is left");
  // An open page there goes blank without a press.
  await there.page.waitForURL(/\/sign-in/);
  assert.equal(await there.page.locator("article.post").count(), 0);
});
