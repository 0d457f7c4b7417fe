// Two people in one thread: what one writes stands on the other's page, once and in order, whatever the line does.
import { assert, isLive, openThread, reply, story, texts, until } from "./support.mjs";

const THREAD = /Calciphylaxis on haemodialysis/;
const stamp = Date.now().toString(36);

story("replies appear as they are written", async (cast) => {
  const ada = await cast.member("ada");
  const bram = await cast.member("bram");
  const thread = await openThread(ada.page, THREAD);
  await openThread(bram.page, THREAD);
  await until(async () => /2 reading/.test(await ada.page.locator('[data-part="presence"]').innerText()), "two are reading");

  await bram.page.locator("#body").pressSequentially("We stop the warf", { delay: 10 });
  await ada.page.locator('[data-part="presence"]', { hasText: "is writing" }).waitFor();
  await bram.page.locator("#body").fill("");

  // Ada is in the middle of a sentence, and stays where she is.
  await ada.page.locator("#body").click();
  await ada.page.keyboard.type("My own half sent");
  const place = async () => (await ada.page.locator("#body").boundingBox())?.y ?? 0;
  const before = await place();
  const wanted = [];
  for (const n of [1, 2, 3]) {
    const words = `Live ${stamp} number ${n}: sodium thiosulfate, then reassess the wound.`;
    wanted.push(words);
    await reply(bram.page, words);
  }
  await ada.page.locator("article.post", { hasText: wanted[2] }).waitFor();
  assert.deepEqual((await texts(ada.page)).filter((text) => text.includes(stamp)), wanted, "each once, in order");
  assert.ok(Math.abs((await place()) - before) <= 1, `the reply box stayed where it was (${before} → ${await place()})`);
  assert.equal(await ada.page.locator("#body").inputValue(), "My own half sent");
  assert.equal(await ada.page.evaluate(() => document.activeElement?.id), "body");
  assert.equal(new URL(ada.page.url()).pathname, thread, "no reload");
});

story("what was missed arrives once, in order", async (cast) => {
  const ada = await cast.member("ada", { allow: [/WebSocket|ERR_INTERNET_DISCONNECTED/] });
  const bram = await cast.member("bram");
  await openThread(ada.page, THREAD);
  await openThread(bram.page, THREAD);
  await ada.page.evaluate(() => {
    Object.assign(window, { stillHere: true });
    scrollTo({ top: 500, behavior: "instant" });
  });
  // A line that is cut: the open socket too, not only what is asked for next.
  const cut = await ada.context.newCDPSession(ada.page);
  await ada.context.setOffline(true);
  await cut.send("Network.enable");
  await cut.send("Network.emulateNetworkConditions", { offline: true, latency: 0, downloadThroughput: 0, uploadThroughput: 0 });
  const wanted = [];
  for (const n of [1, 2, 3, 4, 5]) {
    const words = `Missed ${stamp} number ${n}: the biopsy site did not heal.`;
    wanted.push(words);
    await reply(bram.page, words);
  }
  const before = await ada.page.evaluate(() => scrollY);
  const heard = (await texts(ada.page)).filter((text) => text.includes(`Missed ${stamp}`)).length;
  console.log(`    heard while cut: ${heard}`);
  await cut.send("Network.emulateNetworkConditions", { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput: -1 });
  await ada.context.setOffline(false);
  await ada.page.locator("article.post", { hasText: wanted[4] }).waitFor({ timeout: 30_000 });
  await isLive(ada.page);
  assert.deepEqual((await texts(ada.page)).filter((text) => text.includes(`Missed ${stamp}`)), wanted, "each once, in order");
  assert.ok(await ada.page.evaluate(() => "stillHere" in window), "no reload");
  assert.ok(Math.abs((await ada.page.evaluate(() => scrollY)) - before) <= 1, "the page did not jump");
});
