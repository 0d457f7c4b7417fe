// A document is given, looked at and judged, and the application decided: by keys alone, few of them.
import fs from "node:fs";
import path from "node:path";
import { DATA, assert, signIn, story } from "./support.mjs";

const SHOTS = process.env.COLLEGIUM_EVIDENCE_SHOTS;

/**
 * The page in all its looks, when somebody wants to see it.
 * @param {import("playwright-core").Page} page
 * @param {string} name
 */
async function paint(page, name) {
  if (!SHOTS) return;
  for (const [look, width, colorScheme] of /** @type {[string, number, "light" | "dark"][]} */ ([["phone", 390, "light"], ["phone-dark", 390, "dark"], ["desk", 1280, "light"], ["desk-dark", 1280, "dark"]])) {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width, height: 900 });
    await page.screenshot({ path: path.join(SHOTS, `${name}-${look}.png`), fullPage: true });
  }
  await page.emulateMedia({ colorScheme: "light" });
  await page.setViewportSize({ width: 1280, height: 800 });
}

story("a document, and a decision by keys", async (cast) => {
  const rows = fs.readFileSync(path.join(DATA, "registers/LRMP.csv"), "utf8").split(/\r?\n/).slice(1);
  const free = rows.map((line) => line.split(",")).filter((cells) => cells[12] === "Registered with Licence" && cells[3] === "" && /^90/.test(cells[0]));
  const row = free[(process.pid + 7) % free.length];
  const [number, name, email] = [row[0], `${row[2]} ${row[1]}`, `evidence-${process.pid}@mail.example`];
  const { page } = await cast.stranger();
  await page.goto("/join");
  await page.locator("#name").fill(name);
  await page.locator("#email").fill(email);
  await page.locator("#password").fill("lanterns over the estuary");
  await page.getByRole("button", { name: "Go on" }).click();
  await page.getByRole("link", { name: "Open the demo mailbox" }).click();
  await page.locator(".mails li", { hasText: email }).first().locator("a").first().click();
  await page.getByRole("button", { name: "Confirm this address" }).click();
  await signIn(page, email, "lanterns over the estuary");
  await page.waitForURL(/\/application/);
  for (const [field, value] of [["country", "GB"], ["register", "gmc"], ["profession", "physician"]]) await page.locator(`#${field}`).selectOption(value);
  await page.locator("#number").fill(number);
  await page.locator("#registered_name").fill(name);
  await page.getByRole("button", { name: "Send the application" }).click();

  await page.getByRole("link", { name: "Show that it is you" }).click();
  await paint(page, "evidence");
  const picture = await page.screenshot();
  await page.locator("#kind").selectOption("photo-id");
  await page.locator("#file").setInputFiles({ name: "card.txt", mimeType: "text/plain", buffer: Buffer.from("no picture") });
  await page.getByRole("button", { name: "Send the document" }).click();
  await page.locator("#file-e").waitFor();
  assert.equal(await page.locator("#kind").inputValue(), "photo-id", "what was chosen is still chosen");
  await page.locator("#file").setInputFiles({ name: "card.png", mimeType: "image/png", buffer: picture });
  await page.getByRole("button", { name: "Send the document" }).click();
  await page.getByText("Thank you. A verifier looks at it.").waitFor();
  await page.getByText("With the verifiers").waitFor();
  await page.getByRole("button", { name: "Ask for a call" }).click();
  await page.getByText("You have asked for one.").waitFor();
  await paint(page, "evidence-given");

  const mo = await cast.member("mo");
  await mo.page.goto("/verify");
  await mo.page.getByRole("link", { name }).click();
  await mo.page.getByRole("heading", { name: "What was given" }).waitFor();
  await paint(mo.page, "desk");
  let keys = 1; // Opening it from the queue.
  const press = async (/** @type {string} */ key) => {
    keys += 1;
    await mo.page.keyboard.press(key);
  };
  await press("d");
  await mo.page.waitForURL(/\/documents\//);
  const sheet = mo.page.locator(".sheets img").first();
  await sheet.waitFor();
  await mo.page.waitForFunction(() => [...document.querySelectorAll(".sheets img")].every((one) => /** @type {HTMLImageElement} */ (one).naturalWidth > 100));
  await paint(mo.page, "document");
  await press("y");
  await mo.page.waitForURL(/\/verify\/[0-9a-z]+$/);
  await mo.page.getByText("Counts").first().waitFor();
  // The letter, the number of the reason, and Enter.
  await press("a");
  await mo.page.waitForFunction(() => document.activeElement?.id === "reason");
  await press("3");
  await press("Enter");
  await mo.page.waitForURL(/\/verify\?done=approve/);
  assert.ok(keys <= 6, `${keys} keys`);

  await page.goto("/application?look");
  await page.getByText("looked at the document with a photo").waitFor();
  await paint(page, "application");
});
