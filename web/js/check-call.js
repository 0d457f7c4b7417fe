// @ts-check
/** Asks the house what in a text could identify someone; only the last question counts. */

/** @typedef {{key: string, part: string, start: number, end: number, category: string, severity: string, rule: string, reason: string, suggestion: string | null, words: string}} Raw an empty suggestion is to leave the words out; none is nothing to offer */
/** @typedef {{findings: Raw[], risk: {band: string, details: string[], change?: string | null}, keep_reasons: {code: string, words: string}[]}} Answer */

/** @type {AbortController | undefined} */
let asking;

/**
 * @param {Map<string, string>} texts by the name of their field
 * @returns {Promise<Answer | undefined>} nothing when the house did not answer, or another question overtook this one
 */
export async function ask(texts) {
  asking?.abort();
  const mine = (asking = new AbortController());
  const parts = [...texts].map(([name, text]) => ({ name, text: wellFormed(text) }));
  try {
    const answer = await fetch("/api/v1/deid/check", {
      method: "POST",
      headers: { "content-type": "application/json", accept: "application/json" },
      body: JSON.stringify({ parts }),
      signal: mine.signal,
    });
    return answer.ok ? await answer.json() : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Half a character, as some keyboards leave behind, cannot be sent. It keeps its length, so that places stay right.
 * @param {string} text
 */
function wellFormed(text) {
  return text.replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, "\ufffd");
}
