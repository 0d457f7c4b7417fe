// Somebody applies, a verifier approves, and the rooms open.
import fs from "node:fs";
import path from "node:path";
import { DATA, assert, signIn, story } from "./support.mjs";

/** A registrant of the invented register who is nobody's account yet. */
function registrant() {
  const rows = fs.readFileSync(path.join(DATA, "registers/LRMP.csv"), "utf8").split(/\r?\n/).slice(1);
  const free = rows.map((line) => line.split(",")).filter((cells) => cells[12] === "Registered with Licence" && cells[3] === "" && /^90/.test(cells[0]));
  const row = free[process.pid % free.length];
  assert.ok(row, "the register holds a free registrant");
  return { number: row[0], name: `${row[2]} ${row[1]}` };
}

story("apply, be admitted, see the rooms", async (cast) => {
  const { number, name } = registrant();
  const email = `applicant-${process.pid}@hospital.example`;
  const password = "lanterns over the estuary";
  const { page } = await cast.stranger();
  await page.goto("/join");
  await page.locator("#name").fill(name);
  await page.locator("#email").fill(email);
  await page.locator("#password").fill("short");
  await page.getByRole("button", { name: "Go on" }).click();
  await page.locator("#password-e").waitFor();
  assert.equal(await page.locator("#email").inputValue(), email, "what was typed comes back");
  await page.locator("#password").fill(password);
  await page.getByRole("button", { name: "Go on" }).click();
  await page.getByRole("heading", { name: "Look at your mail" }).waitFor();

  await page.getByRole("link", { name: "Open the demo mailbox" }).click();
  const letter = page.locator(".mails li", { hasText: email }).first();
  await letter.locator("a").first().click();
  await page.getByRole("button", { name: "Confirm this address" }).click();
  await page.waitForURL(/\/sign-in/);
  await signIn(page, email, password);
  await page.waitForURL(/\/application/);

  // A number that no register gives out.
  await page.locator("#country").selectOption("GB");
  await page.locator("#register").selectOption("gmc");
  await page.locator("#profession").selectOption({ index: 1 });
  await page.locator("#number").fill("12345");
  await page.locator("#registered_name").fill(name);
  await page.getByRole("button", { name: "Send the application" }).click();
  await page.locator("#number-e").waitFor();
  assert.match(await page.locator("#number-e").innerText(), /\w+ \w+/, "words beside the field");
  assert.equal(await page.locator("#number").getAttribute("aria-invalid"), "true");
  assert.equal(await page.locator("#registered_name").inputValue(), name, "the name is still there");
  assert.equal(await page.locator("#number").inputValue(), "12345", "the number is still there");
  await page.locator("#profession").selectOption("physician");
  await page.locator("#number").fill(number);
  await page.getByRole("button", { name: "Send the application" }).click();
  await page.getByText("A verifier answers by").waitFor();

  // Until then a stranger.
  await page.goto("/");
  assert.notEqual(new URL(page.url()).pathname, "/", "no rooms before admission");

  const mo = await cast.member("mo");
  await mo.page.goto("/verify");
  await mo.page.getByRole("link", { name }).click();
  await mo.page.getByRole("heading", { name: "Claim and register" }).waitFor();
  await mo.page.getByRole("button", { name: /^Approve/ }).click();
  await mo.page.locator("#reason-e, .error-box").first().waitFor();
  await mo.page.locator("#reason").selectOption({ index: 1 });
  await mo.page.getByRole("button", { name: /^Approve/ }).click();
  await mo.page.waitForURL(/\/verify(\?|$)/);
  await mo.page.getByText("They are in, and have been told.").waitFor();

  await page.goto("/demo/outbox");
  assert.ok((await page.locator(".mails li", { hasText: email }).count()) >= 2, "the applicant was told by mail");
  await page.goto("/");
  await page.getByRole("heading", { level: 1, name: "Rooms" }).waitFor();
  assert.ok((await page.locator(".threads .thread").count()) > 5, "the rooms are full");
});
