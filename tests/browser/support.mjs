// What the stories share: a browser, people in it, and an ear for everything that goes wrong on a page.
import { chromium } from "playwright-core";
import { test } from "node:test";
import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";

export const URL_OF_HOUSE = process.env.COLLEGIUM_URL ?? "http://localhost:8080";
export const DATA = process.env.COLLEGIUM_DATA ?? "";
export const PASSWORD = "quiet ward at night";

/** How long a page may take to do what it was asked. */
const PATIENCE = 10_000;

const ARGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

/**
 * A story: `tell` is given the cast; afterwards everything is closed, and whatever a page complained of fails the story.
 * @param {string} name
 * @param {(cast: Cast) => Promise<void>} tell
 */
export function story(name, tell) {
  test(name, { timeout: 300_000 }, async () => {
    const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", headless: true, args: ARGS });
    const cast = new Cast(browser);
    try {
      await tell(cast);
      // What is said late is heard too.
      await new Promise((done) => setTimeout(done, 150));
      assert.deepEqual(cast.complaints, [], "the pages complained");
    } catch (thrown) {
      await cast.paint(name);
      if (cast.complaints.length && !String(thrown.message).includes("complained")) thrown.message += `\nThe pages complained: ${cast.complaints.join("\n")}`;
      throw thrown;
    } finally {
      await browser.close();
    }
  });
}

/** The people of a story, each in a browser of their own. */
class Cast {
  /** @param {import("playwright-core").Browser} browser */
  constructor(browser) {
    this.browser = browser;
    /** @type {string[]} */
    this.complaints = [];
    /** @type {import("playwright-core").Page[]} */
    this.pages = [];
  }

  /**
   * Somebody at a browser of their own, signed out.
   * @param {import("playwright-core").BrowserContextOptions & {allow?: RegExp[]}} [how] `allow`: what the pages may say
   */
  async stranger({ allow: given = [], ...how } = {}) {
    // The browser itself notes a form that came back; that is an answer, not a fault.
    const allow = [/status of 422/, ...given];
    const context = await this.browser.newContext({ baseURL: URL_OF_HOUSE, locale: "en-GB", viewport: { width: 1280, height: 800 }, ...how });
    context.setDefaultTimeout(PATIENCE);
    if (how.javaScriptEnabled !== false) {
      await context.addInitScript(() => {
        addEventListener("securitypolicyviolation", (event) => console.error(`CSP: ${event.violatedDirective} forbids ${event.blockedURI} (${event.sourceFile}:${event.lineNumber})`));
      });
    }
    const said = (/** @type {import("playwright-core").Page} */ page, /** @type {string} */ words) => {
      if (!allow.some((pattern) => pattern.test(words))) this.complaints.push(`${new URL(page.url()).pathname}: ${words}`);
    };
    context.on("page", (page) => {
      this.pages.push(page);
      page.on("console", (message) => {
        if (["error", "warning"].includes(message.type())) said(page, `console ${message.type()}: ${message.text()} ${message.location().url ?? ""}`);
      });
      page.on("pageerror", (error) => said(page, `thrown: ${error.stack ?? error}`));
      page.on("requestfailed", (request) => {
        const why = request.failure()?.errorText ?? "";
        // A check that a newer one overtook, or a page that was left.
        if (why !== "net::ERR_ABORTED") said(page, `request failed: ${request.method()} ${request.url()} ${why}`);
      });
    });
    const page = await context.newPage();
    return { page, context, allow: (/** @type {RegExp} */ pattern) => allow.push(pattern) };
  }

  /**
   * Somebody of the demo, signed in with the password.
   * @param {string} key as in "ada"
   * @param {Parameters<Cast["stranger"]>[0] & {shared?: boolean}} [how]
   */
  async member(key, { shared = false, ...how } = {}) {
    const person = await this.stranger(how);
    await person.page.goto("/sign-in");
    await signIn(person.page, `${key}@demo.example`, PASSWORD, shared);
    return person;
  }

  /** For those who look for what went wrong: the pages as they stand. @param {string} name */
  async paint(name) {
    const folder = process.env.COLLEGIUM_SHOTS;
    if (!folder) return;
    fs.mkdirSync(folder, { recursive: true });
    for (const [i, page] of this.pages.entries()) await page.screenshot({ path: path.join(folder, `failed-${name.replace(/\W+/g, "-")}-${i}.png`), fullPage: true }).catch(() => {});
  }
}

/**
 * @param {import("playwright-core").Page} page on the sign-in page
 * @param {string} email
 * @param {string} password
 * @param {boolean} [shared]
 */
export async function signIn(page, email, password, shared = false) {
  await page.locator("#email").fill(email);
  await page.locator("#password").fill(password);
  if (shared) await page.locator("#shared").check();
  await page.getByRole("button", { name: "Sign in with password" }).click();
  await page.waitForURL((url) => !url.pathname.startsWith("/sign-in"));
}

/** @param {import("playwright-core").Page} page */
export async function signOut(page) {
  await page.goto("/settings");
  await page.locator("#sessions + .devices form[action='/sign-out'] button").click();
  await page.waitForURL(/\/sign-in/);
}

/**
 * A device that holds passkeys and knows its owner.
 * @param {import("playwright-core").Page} page
 */
export async function authenticator(page) {
  const line = await page.context().newCDPSession(page);
  await line.send("WebAuthn.enable", { enableUI: false });
  const { authenticatorId } = await line.send("WebAuthn.addVirtualAuthenticator", {
    options: { protocol: "ctap2", transport: "internal", hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true },
  });
  return {
    credentials: async () => (await line.send("WebAuthn.getCredentials", { authenticatorId })).credentials,
  };
}

/**
 * The address of a thread, found by words of its title.
 * @param {import("playwright-core").Page} page
 * @param {RegExp} title
 */
export async function openThread(page, title) {
  await page.goto("/");
  await page.getByRole("link", { name: title }).first().click();
  await page.waitForURL(/\/threads\//);
  await isLive(page);
  return new URL(page.url()).pathname;
}

/** Waits until the page hears the house. @param {import("playwright-core").Page} page */
export async function isLive(page) {
  await page.locator('[data-part="link-state"]', { hasText: "Live" }).and(page.locator(":not(.is-off):not(.lost)")).waitFor({ state: "attached" });
}

/**
 * Writes a reply and publishes it.
 * @param {import("playwright-core").Page} page
 * @param {string} words
 */
export async function reply(page, words) {
  await page.locator("#body").fill(words);
  await page.locator("label", { has: page.locator("#ground") }).click();
  await page.locator("label", { has: page.locator("#interest_statement") }).click();
  await page.getByRole("button", { name: "Publish reply" }).click();
  const post = page.locator("article.post", { hasText: words });
  await post.waitFor();
  return /** @type {string} */ (await post.getAttribute("data-post"));
}

/** What a thread says, post by post. @param {import("playwright-core").Page} page */
export const texts = (page) => page.locator("#posts > article .prose").allInnerTexts();

/**
 * Waits until `ask` says yes, and how long it took.
 * @param {() => Promise<boolean>} ask
 * @param {string} what
 */
export async function until(ask, what, patience = PATIENCE) {
  const began = performance.now();
  while (!(await ask())) {
    assert.ok(performance.now() - began < patience, `waited ${patience} ms in vain: ${what}`);
    await new Promise((done) => setTimeout(done, 20));
  }
  return Math.round(performance.now() - began);
}

export { assert };
