// The pictures of the README, painted from a fresh demo: COLLEGIUM_URL=http://localhost:8080 node tests/browser/shots.mjs
import { chromium } from "playwright-core";
import path from "node:path";
import { PASSWORD, URL_OF_HOUSE, isLive, signIn } from "./support.mjs";

const to = (/** @type {string} */ name) => path.join(import.meta.dirname, "../../deploy/shots", name);
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu"] });

/**
 * @param {string} who
 * @param {"light" | "dark"} colorScheme
 * @param {number} height
 */
async function at(who, colorScheme, height) {
  const context = await browser.newContext({ baseURL: URL_OF_HOUSE, locale: "en-GB", colorScheme, viewport: { width: 1280, height } });
  const page = await context.newPage();
  await page.goto("/sign-in");
  await signIn(page, `${who}@demo.example`, PASSWORD);
  return page;
}

const thread = await at("chioma", "light", 1000);
await thread.getByRole("link", { name: /Severe hyponatraemia/ }).first().click();
await isLive(thread);
const other = await at("bram", "light", 800);
await other.goto(thread.url());
await isLive(other);
await other.locator("#body").pressSequentially("We gave two doses", { delay: 20 });
await thread.locator('[data-part="presence"]', { hasText: "is writing" }).waitFor();
await thread.mouse.move(0, 0);
await thread.screenshot({ path: to("thread.png") });

const composer = await at("ada", "light", 1000);
await composer.goto("/new?room=renal");
await composer.locator("#title").fill("Hyperkalaemia four days into trimethoprim: how soon to repeat the potassium?");
await composer.locator("#presentation").fill("Mrs Harriet Oakleyford, the only female lighthouse keeper in the county, came to Ward 7B on 14 March 2024 with two days of weakness. She takes ramipril and spironolactone, and was given trimethoprim four days earlier.");
await composer.locator("#history").fill("Heart failure, stable for two years. Creatinine usually 118.");
await composer.locator("#investigations").fill("Potassium 6.9 mmol/L, creatinine 171, bicarbonate 19. Tall T waves, QRS 96 ms.");
await composer.locator(".finding").nth(3).waitFor();
await composer.locator('.finding [data-does="use"]').first().click();
await composer.waitForTimeout(900);
await composer.evaluate(() => {
  /** @type {HTMLElement} */ (document.activeElement).blur();
  scrollTo(0, 0);
  document.querySelector(".check")?.scrollTo(0, 0);
});
await composer.mouse.move(0, 0);
await composer.screenshot({ path: to("composer.png") });

const moderation = await at("ines", "dark", 1000);
await moderation.goto("/moderation");
await moderation.locator(".queue a").first().click();
await moderation.locator("#exhibit").waitFor();
await moderation.mouse.move(0, 0);
await moderation.screenshot({ path: to("moderation.png") });
await browser.close();
