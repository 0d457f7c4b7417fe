// While one writes: what goes over the line, how soon a mark stands, and everything at once by keys alone.
import { assert, isLive, openThread, story, until } from "./support.mjs";

const LEAKS = "Mrs Harriet Oakleyford came to Ward 7B on 14 March 2024 with weakness. Her daughter Halina rang 07700 900461 on 17 March 2024.";
const MENDED = "The patient came to the ward on day 0 with weakness. Her daughter rang [contact removed] on day 3.";
const SENTENCE = "Creatinine was 118 and stayed there, with a potassium of 5.1 and nothing new on the film. ";

/**
 * Everything the page says and hears over its line.
 * @param {import("playwright-core").Page} page
 */
function overhear(page) {
  /** @type {{sent: string[], heard: string[], requests: string[]}} */
  const all = { sent: [], heard: [], requests: [] };
  page.on("websocket", (socket) => {
    socket.on("framesent", ({ payload }) => all.sent.push(String(payload)));
    socket.on("framereceived", ({ payload }) => all.heard.push(String(payload)));
  });
  page.on("request", (request) => request.url().endsWith("/deid/check") && all.requests.push(request.postData() ?? ""));
  return all;
}

const drafts = (/** @type {string[]} */ frames) => frames.filter((one) => one.includes('"type":"draft"'));

story("what is written goes over the line in pieces, and is marked when a word is done", async (cast) => {
  const { page } = await cast.member("ada");
  const line = overhear(page);
  await page.goto("/new?room=renal");
  const text = page.locator("#presentation");
  const marks = page.locator("#presentation").locator("..").locator(".mirror mark");
  await text.fill(SENTENCE.repeat(46));
  await text.press("Control+End");
  // Until the line is open the check goes by request.
  await until(async () => {
    await text.pressSequentially("So. ", { delay: 50 });
    return drafts(line.heard).length > 0;
  }, "a check came over the line");
  const size = (await text.inputValue()).length;
  const requests = line.requests.length;
  assert.ok(size > 4000);

  await text.pressSequentially("Then Mrs Kowalcz", { delay: 25 });
  await page.waitForTimeout(400);
  assert.equal(await marks.count(), 0, "half a name is not marked");
  await text.pressSequentially("yk fell. ", { delay: 25 });
  await marks.first().waitFor();
  assert.equal(await marks.first().innerText(), "Mrs Kowalczyk");

  // Figures, for the README; nothing is timed here but what is printed.
  await page.evaluate(() => {
    const state = { typed: 0, times: /** @type {number[]} */ ([]) };
    Object.assign(window, { state });
    const field = /** @type {HTMLTextAreaElement} */ (document.querySelector("#presentation"));
    const mirror = /** @type {HTMLElement} */ (field.previousElementSibling);
    let marked = mirror.querySelectorAll("mark").length;
    field.addEventListener("keydown", () => (state.typed = performance.now()), { capture: true });
    new MutationObserver(() => {
      const now = mirror.querySelectorAll("mark").length;
      if (now > marked) requestAnimationFrame(() => state.times.push(performance.now() - state.typed));
      marked = now;
    }).observe(mirror, { childList: true });
  });
  const from = line.sent.length;
  const ways = ["Ring 07700 900461.", "Mail a.b@example.org.", "Seen by Dr Achterberg.", "NHS no 999 418 2730."];
  for (let n = 0; n < 20; n++) {
    const before = await marks.count();
    await text.pressSequentially(`${ways[n % 4]} `, { delay: 15 });
    await until(async () => (await marks.count()) > before, "marked");
  }
  const times = (await page.evaluate(() => /** @type {any} */ (window).state.times)).sort((/** @type {number} */ a, /** @type {number} */ b) => a - b);
  const sent = drafts(line.sent.slice(from)).map((one) => one.length).sort((a, b) => a - b);
  const middle = (/** @type {number[]} */ all) => Math.round(all[Math.floor(all.length / 2)]);
  console.log(`a post of ${size} characters: ${middle(sent)} bytes sent for a finished word (most: ${Math.round(sent[sent.length - 1])}); from the key to the mark ${middle(times)} ms (most: ${Math.round(times[times.length - 1])} ms)`);
  assert.ok(sent[sent.length - 1] < size / 4, "no check sends the whole");
  assert.equal(line.requests.length, requests, "no request was needed");
});

story("without a line the check goes by request", async (cast) => {
  const { page } = await cast.member("bram", { allow: [/WebSocket/] });
  const line = overhear(page);
  await page.routeWebSocket(/\/live$/, (socket) => socket.close());
  await page.goto("/new?room=renal");
  await page.locator("#presentation").pressSequentially("Mrs Kowalczyk fell. ", { delay: 10 });
  await page.locator(".finding q", { hasText: "Mrs Kowalczyk" }).waitFor();
  assert.ok(line.requests.length > 0);
});

story("everything at once, by keys alone", async (cast) => {
  const { page } = await cast.member("chioma");
  await openThread(page, /Severe hyponatraemia/);
  const body = page.locator("#body");
  await body.focus();
  await page.keyboard.insertText(LEAKS);
  await until(async () => (await page.locator(".finding").count()) >= 6, "all is found");
  assert.match(await page.locator('[data-part="count"]').innerText(), /to fix/);
  await until(async () => /to fix/.test(await page.locator('[data-part="said"]').innerText()), "it is told, once it stands");

  // From finding to finding, and back.
  const quoted = () => page.evaluate(() => document.activeElement?.closest(".finding")?.querySelector("q")?.textContent);
  await page.keyboard.press("F8");
  const first = await quoted();
  await page.keyboard.press("F8");
  assert.notEqual(await quoted(), first);
  await page.keyboard.press("Shift+F8");
  assert.equal(await quoted(), first);

  await page.locator('[data-part="fix-all"]').focus();
  await page.keyboard.press("Enter");
  await page.locator("dialog.preview").waitFor();
  assert.equal(await page.evaluate(() => document.activeElement?.id), "preview-h");
  const whole = await page.locator('dialog [data-does="change"]').innerText();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Space");
  assert.notEqual(await page.locator('dialog [data-does="change"]').innerText(), whole, "one change fewer");
  assert.equal(await page.locator(".diff .stays").innerText(), "Mrs Harriet Oakleyford");
  await page.keyboard.press("Space");
  await page.keyboard.press("Escape");
  await page.locator("dialog.preview").waitFor({ state: "detached" });
  assert.equal(await page.evaluate(() => document.activeElement?.getAttribute("data-part")), "fix-all", "focus comes back");
  assert.equal(await body.inputValue(), LEAKS, "nothing was changed");

  await page.keyboard.press("Enter");
  for (let n = 0; n < 20 && (await page.evaluate(() => document.activeElement?.getAttribute("data-does"))) !== "change"; n++) await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  assert.equal(await body.inputValue(), MENDED);
  assert.equal(await page.evaluate(() => document.activeElement?.getAttribute("data-does")), "undo", "focus goes to Undo");
  await until(async () => (await page.locator('[data-part="count"]').innerText()) === "0 to fix", "what was mended is clean");

  await page.keyboard.press("Enter");
  assert.equal(await body.inputValue(), LEAKS, "Undo takes back all");
  await until(async () => (await page.locator(".finding:not(.fixed)").count()) >= 6, "found again");
  await page.locator('[data-part="fix-all"]').click();
  await page.locator('dialog [data-does="change"]').click();
  assert.equal(await body.inputValue(), MENDED);
  await body.focus();
  await page.keyboard.press("Control+z");
  assert.equal(await body.inputValue(), LEAKS, "the browser's own Undo takes back all in one step");
  await page.locator("#body").fill("");
});

story("one date after the other keeps the days between them", async (cast) => {
  const { page } = await cast.member("ada");
  await page.goto("/new?room=renal");
  await page.locator("#presentation").fill("Admitted on 14 March 2024. Potassium normal on 17 March 2024.");
  const use = page.locator('[data-does="use"]');
  await until(async () => (await use.count()) === 2, "both dates are found");
  await use.first().click();
  await until(async () => (await use.count()) === 1 && /on day 3/.test(await use.first().innerText()), "the second counts from the first");
  await page.waitForTimeout(400);
  await use.first().click();
  assert.equal(await page.locator("#presentation").inputValue(), "Admitted on day 0. Potassium normal on day 3.");
});

story("signed out elsewhere, what was typed stays", async (cast) => {
  const { page, context } = await cast.member("farah", { allow: [/401/, /WebSocket/] });
  await page.goto("/new?room=renal");
  await page.locator("#presentation").fill("Potassium 6.1, well.");
  await until(async () => (await page.locator('[data-part="count"]').innerText()) === "0 to fix", "checked");
  const other = await context.newPage();
  await other.goto("/settings");
  await other.locator("#sessions + .devices form[action='/sign-out'] button").click();
  await page.getByText("You were signed out. Your text is still here").waitFor();
  assert.equal(await page.locator("#presentation").inputValue(), "Potassium 6.1, well.");
});

story("an interest that the text names is suggested while one writes", async (cast) => {
  const { page } = await cast.member("hana");
  await page.goto("/new?room=psychiatry");
  const telling = await page.locator("[name=interests]").first().getAttribute("data-telling");
  const word = telling?.split(" ")[0] ?? "";
  assert.ok(word.length > 4);
  const line = page.locator('[data-part="suggest"]');
  assert.ok(await line.isHidden());
  await page.locator("#presentation").fill(`We changed to ${word} last year.`);
  await line.waitFor();
  await page.locator("label", { has: page.locator("#interest_statement-some") }).click();
  await page.locator("[name=interests]").first().check();
  await line.waitFor({ state: "hidden" });
});
