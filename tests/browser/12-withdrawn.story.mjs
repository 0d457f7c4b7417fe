// What is removed leaves the pages that showed it: an open tab, a tab in the background, a list of results, and a tab that was
// offline and comes back. Nothing of it is kept on the device.
import { assert, isLive, openThread, reply, story, until } from "./support.mjs";

const THREAD = /Appendicitis with appendicolith/;
const word = `lobelia${Date.now().toString(36)}`;

story("gone from the open, the hidden, the listed and the offline page", async (cast) => {
  const bram = await cast.member("bram");
  const ada = await cast.member("ada");
  const chioma = await cast.member("chioma", { allow: [/WebSocket|ERR_INTERNET_DISCONNECTED|Failed to load/] });
  const eilis = await cast.member("eilis");
  const ines = await cast.member("ines");
  const thread = await openThread(bram.page, THREAD);
  const post = await reply(bram.page, `The keeper of the ${word} garden told us that he had read about himself.`);

  // In view, and behind another tab.
  await ada.page.goto(thread);
  await isLive(ada.page);
  const behind = await ada.context.newPage();
  await behind.goto(thread);
  await isLive(behind);
  await ada.page.bringToFront();
  // A page of results.
  await until(async () => (await (await eilis.context.request.get(`/search?q=${word}`)).text()).includes(`#p-${post}`), "the index has it");
  await eilis.page.goto(`/search?q=${word}`);
  await eilis.page.locator("article.hit").first().waitFor();
  // Offline, with the words on the screen.
  await chioma.page.goto(thread);
  await isLive(chioma.page);
  await chioma.page.locator(`#p-${post} .prose`).waitFor();
  await chioma.context.setOffline(true);
  // What is seen after it is back, frame by frame.
  await chioma.page.evaluate((secret) => {
    const list = /** @type {HTMLElement} */ (document.querySelector("[data-thread]"));
    /** @type {any} */ (window).seen = 0;
    const look = () => {
      const shown = list.innerText.includes(secret) && !list.classList.contains("covered");
      if (navigator.onLine && shown) /** @type {any} */ (window).seen++;
      requestAnimationFrame(look);
    };
    window.addEventListener("online", () => requestAnimationFrame(look));
  }, word);

  await ines.page.goto(`/step-up?next=/moderation/${post}`);
  await ines.page.locator("#password").fill("quiet ward at night");
  await ines.page.getByRole("button", { name: "Go on" }).click();
  const removed = await ines.context.request.post(`/api/v1/posts/${post}/removal`, { data: { code: "confidentiality" }, headers: { origin: new URL(ines.page.url()).origin } });
  assert.equal(removed.status(), 201);
  for (const page of [ada.page, behind]) {
    await page.locator(`#p-${post}[data-state="removed"]`).waitFor({ state: "attached" });
    assert.ok(!(await page.content()).includes(word));
  }
  await until(async () => (await eilis.page.locator("article.hit").count()) === 0, "the open results no longer hold it");
  assert.ok(!(await eilis.page.locator("main").innerText()).includes(`${word} garden`));

  await chioma.context.setOffline(false);
  await chioma.page.evaluate(() => dispatchEvent(new Event("online")));
  await chioma.page.locator(`#p-${post}[data-state="removed"]`).waitFor();
  assert.ok(!(await chioma.page.content()).includes(word));
  assert.equal(await chioma.page.evaluate(() => /** @type {any} */ (window).seen), 0, "it was in no frame after it came back");

  for (const page of [ada.page, behind, eilis.page, chioma.page]) {
    const kept = await page.evaluate(async () => ({
      stored: JSON.stringify({ ...localStorage }) + JSON.stringify({ ...sessionStorage }),
      databases: (await indexedDB.databases()).length,
      workers: (await navigator.serviceWorker.getRegistrations()).length,
      caches: (await caches.keys()).length,
    }));
    assert.ok(!kept.stored.includes(word), "no storage holds it");
    assert.deepEqual([kept.databases, kept.workers, kept.caches], [0, 0, 0], "no database, no service worker, no cache");
  }

  // Each who was shown it is asked, and answers with one press.
  await ada.page.goto("/notices");
  await ada.page.getByRole("button", { name: "I kept nothing" }).click();
  await ada.page.getByText("You answered: I kept nothing").waitFor();
});
