// Every page, on a phone and on a desk, by day and by night: nothing that axe objects to, no sideways scroll, one
// heading of the first order, no jumping, nothing on the console. With COLLEGIUM_SHOTS=FOLDER each is painted.
import { createRequire } from "node:module";
import fs from "node:fs";
import path from "node:path";
import { assert, openThread, reply, story } from "./support.mjs";

const AXE = fs.readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const SHOTS = process.env.COLLEGIUM_SHOTS;
const WIDTHS = [390, 1280];
const THEMES = /** @type {const} */ (["light", "dark"]);

/** What is wrong with the page as it stands. @param {import("playwright-core").Page} page */
async function faults(page) {
  const wrong = [];
  const h1 = await page.locator("h1").count();
  if (h1 !== 1) wrong.push(`${h1} headings of the first order`);
  const sideways = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  if (sideways > 0) wrong.push(`scrolls sideways by ${sideways} px`);
  const shift = await page.evaluate(
    () =>
      new Promise((done) => {
        let sum = 0;
        new PerformanceObserver((list) => {
          for (const entry of /** @type {any[]} */ (list.getEntries())) if (!entry.hadRecentInput) sum += entry.value;
        }).observe({ type: "layout-shift", buffered: true });
        setTimeout(() => done(sum), 60);
      }),
  );
  // A field that grows with what is typed into it moves the next one, and may.
  const isTyped = await page.evaluate(() => [...document.querySelectorAll("textarea")].some((one) => one.value !== one.defaultValue));
  if (shift > 0.01 && !isTyped) wrong.push(`moves by itself (${shift})`);
  const found = await page.evaluate(() => /** @type {any} */ (window).axe.run(document, { resultTypes: ["violations"] }));
  for (const one of found.violations) {
    for (const node of one.nodes.slice(0, 3)) wrong.push(`${one.id}: ${node.target.join(" ")} ${node.failureSummary?.split("\n")[1]?.trim() ?? ""}`);
  }
  return wrong;
}

/**
 * Looks at pages in both widths and themes.
 * @param {Awaited<ReturnType<import("./support.mjs").Person>>} person
 * @param {Record<string, string | ((page: import("playwright-core").Page) => Promise<void>)>} pages address, or the way there
 * @param {boolean} isMember has settings to set the theme in
 */
async function lookAt({ page, context, allow }, pages, isMember) {
  allow(/status of 4(04|22|01|09)/);
  await context.addInitScript({ content: AXE });
  // A page that was typed into asks before it is left.
  page.on("dialog", (dialog) => dialog.accept());
  const wrong = [];
  for (const theme of THEMES) {
    if (isMember) {
      await page.setViewportSize({ width: 1280, height: 900 });
      await page.goto("/settings");
      await page.locator("#appearance ~ form label", { has: page.locator(`[value="${theme}"]`) }).click();
      await page.getByRole("button", { name: "Use it" }).click();
      await page.waitForURL(/\/settings/);
      assert.equal(await page.locator("html").getAttribute("data-theme"), theme);
    } else {
      await page.emulateMedia({ colorScheme: theme });
    }
    for (const [name, way] of Object.entries(pages)) {
      for (const width of WIDTHS) {
        await page.setViewportSize({ width, height: 844 });
        if (typeof way === "string") await page.goto(way);
        else await way(page);
        await page.waitForLoadState("networkidle");
        for (const fault of await faults(page)) wrong.push(`${name} ${width} ${theme}: ${fault}`);
        if (SHOTS) {
          fs.mkdirSync(SHOTS, { recursive: true });
          const high = await page.evaluate(() => document.documentElement.scrollHeight);
          await page.mouse.move(0, 0);
          await page.setViewportSize({ width, height: Math.min(Math.max(high, 844), 8000) });
          await page.screenshot({ path: path.join(SHOTS, `${name}-${width}-${theme}.png`) });
        }
        if (width === 390 && theme === "light") {
          await page.setViewportSize({ width: 320, height: 700 });
          const sideways = await page.evaluate(() => {
            const over = document.documentElement.scrollWidth - 320;
            const widest = [...document.querySelectorAll("main *")].find((one) => one.getBoundingClientRect().right > 321 && !one.closest(".table-wrap, .prose table, pre, .sr"));
            return over > 0 ? `${over} px ${widest?.outerHTML.slice(0, 100) ?? ""}` : "";
          });
          if (sideways) wrong.push(`${name} 320: scrolls sideways by ${sideways}`);
        }
      }
    }
  }
  if (isMember) {
    await page.goto("/settings");
    await page.locator("#appearance ~ form label", { has: page.locator('[value="auto"]') }).click();
    await page.getByRole("button", { name: "Use it" }).click();
    await page.waitForURL(/\/settings/);
  }
  assert.deepEqual(wrong, []);
}

story("pages before the door", async (cast) => {
  await lookAt(
    await cast.stranger(),
    {
      "sign-in": "/sign-in",
      "sign-in-wrong": async (page) => {
        await page.goto("/sign-in");
        await page.locator("#email").fill("nobody@demo.example");
        await page.locator("#password").fill("not a password here");
        await page.getByRole("button", { name: "Sign in with password" }).click();
        await page.locator(".error-box").waitFor();
      },
      join: "/join",
      "join-wrong": async (page) => {
        await page.goto("/join");
        await page.locator("#password").fill("short");
        await page.getByRole("button", { name: "Go on" }).click();
        await page.locator(".error").first().waitFor();
      },
      confirm: "/join/confirm?token=of-no-use",
      "confirm-spent": "/join/confirm",
      "set-password-spent": "/set-password?token=of-no-use",
      help: "/help",
      outbox: "/demo/outbox",
      nowhere: "/no-such-page",
    },
    false,
  );
});

story("pages of an applicant", async (cast) => {
  await lookAt(await cast.member("oyin"), { "application-waiting": "/application", "applicant-settings": "/settings" }, true);
});

story("pages of a member", async (cast) => {
  const ada = await cast.member("ada");
  const { page } = ada;
  const thread = await openThread(page, /Severe hyponatraemia/);
  const post = await reply(page, "We re-lowered with desmopressin and five per cent dextrose and were glad of it.");
  await page.goto(`/posts/${post}/edit`);
  await page.locator("#body").fill("We re-lowered with desmopressin and 5 % glucose at 6 ml/kg, and were glad of it on day 3.");
  // The statement of that day may have to be given again.
  if (!(await page.locator("[name=interest_statement]:checked").count())) await page.locator("label", { has: page.locator("#interest_statement") }).click();
  await page.getByRole("button", { name: "Publish the change" }).click();
  await page.waitForURL(/\/threads\//);
  const others = await page.locator("article.post .actions a[href$='/flag']").first().getAttribute("href");
  await lookAt(
    ada,
    {
      rooms: "/",
      room: "/rooms/renal",
      thread,
      new: "/new",
      "new-question": async (page) => {
        await page.goto("/new?room=cardiology");
        await page.locator("label", { has: page.locator("#kind-question") }).click();
      },
      "new-found": async (page) => {
        await page.goto("/new?room=renal");
        await page.locator("#title").fill("Hyperkalaemia on trimethoprim: how soon to repeat the potassium?");
        await page.locator("#presentation").fill("Mrs Harriet Oakleyford, the only female lighthouse keeper in the county, came to Ward 7B on 14 March 2024 with two days of weakness. Her daughter can be reached on 07700 900461.");
        await page.locator(".finding").first().waitFor();
        await page.locator('.finding [data-does="use"]').first().click();
        await page.waitForTimeout(600);
      },
      "new-refused": async (page) => {
        await page.goto("/new?room=renal");
        await page.getByRole("button", { name: "Publish" }).click();
        await page.locator(".error-box").waitFor();
      },
      edit: `/posts/${post}/edit`,
      revisions: `/posts/${post}/revisions`,
      flag: others ?? "",
      "search-blank": "/search",
      "search-found": "/search?q=MI",
      "search-nothing": "/search?q=xylophone",
      settings: "/settings",
      "step-up": "/step-up?next=/settings",
      "member-nowhere": "/no-such-page",
    },
    true,
  );
});

story("pages of staff", async (cast) => {
  const mo = await cast.member("mo");
  await mo.page.goto("/verify");
  const dossier = (await mo.page.locator(".queue a").first().getAttribute("href")) ?? "";
  await lookAt(mo, { verify: "/verify", "verify-one": dossier }, true);
  const rhea = await cast.member("rhea");
  await lookAt(rhea, { admin: "/admin" }, true);
  const ines = await cast.member("ines");
  await ines.page.goto("/moderation");
  const exhibit = (await ines.page.locator(".queue a").first().getAttribute("href")) ?? "";
  const pages = { moderation: "/moderation", exhibit, "step-up-staff": "/step-up?next=/moderation", audit: "/moderation/audit" };
  await ines.page.goto("/moderation/audit");
  const removed = await ines.page.locator("tr", { hasText: /remov/i }).locator("a").first().getAttribute("href").catch(() => null);
  await lookAt(ines, removed ? { ...pages, removal: `/moderation/${removed.split("/").pop() ?? ""}/removal` } : pages, true);
});
