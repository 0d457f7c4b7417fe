// @ts-check
/** Asks the house by request what in a text could identify someone; only the last question counts. */
import { rangeOf } from "./ranges.js";

/** @typedef {{key: string, part: string, from: number, to: number, severity: string, rule: string, reason: string, suggestion: string | null, dated?: boolean}} Raw an empty suggestion is to leave the words out; none is nothing to offer. Places in UTF-16 units */
/** @typedef {{findings: Raw[], risk: {band: string, details: string[], change?: string | null}, keep_reasons: {code: string, words: string}[], zero?: number | null}} Answer */

/** @type {AbortController | undefined} */
let asking;

/**
 * @param {Map<string, string>} texts by the name of their field
 * @param {number | null} zero the day that is called day 0 in them
 * @returns {Promise<Answer | undefined>} nothing when the house did not answer, or another question overtook this one
 */
export async function ask(texts, zero) {
  asking?.abort();
  const mine = (asking = new AbortController());
  const parts = [...texts].map(([name, text]) => ({ name, text: wellFormed(text) }));
  try {
    const answer = await fetch("/api/v1/deid/check", {
      method: "POST",
      headers: { "content-type": "application/json", accept: "application/json" },
      body: JSON.stringify({ parts, zero }),
      signal: mine.signal,
    });
    return answer.ok ? inUnits(texts, await answer.json()) : undefined;
  } catch {
    return undefined;
  }
}

/**
 * By request the house counts code points.
 * @param {Map<string, string>} texts
 * @param {any} answer
 * @returns {Answer}
 */
function inUnits(texts, answer) {
  const findings = answer.findings.map((/** @type {any} */ one) => ({ ...one, ...rangeOf(texts.get(one.part) ?? "", one.start, one.end), dated: one.category === "DATE" }));
  return { ...answer, findings };
}

/**
 * Half a character, as some keyboards leave behind, cannot be sent. It keeps its length, so that places stay right.
 * @param {string} text
 */
export function wellFormed(text) {
  return text.replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, "\ufffd");
}
