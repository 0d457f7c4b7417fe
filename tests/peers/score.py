"""Scores other checkers on a marked corpus with the measures of `collegium deid score`."""

import json
import subprocess
import sys
import time


def load(path):
    with open(path, encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def presidio():
    import spacy
    from presidio_analyzer import AnalyzerEngine
    from presidio_analyzer.nlp_engine import SpacyNlpEngine

    class Blank(SpacyNlpEngine):
        def __init__(self):
            super().__init__(models=[{"lang_code": "en", "model_name": "blank"}])
            self.nlp = {"en": spacy.blank("en")}

        def load(self):
            pass

    engine = AnalyzerEngine(nlp_engine=Blank(), supported_languages=["en"])
    return lambda text: [(r.start, r.end) for r in engine.analyze(text=text, language="en", score_threshold=0.35)]


def scrubadub():
    import scrubadub as package

    scrubber = package.Scrubber(locale="en_GB")
    return lambda text: [(filth.beg, filth.end) for filth in scrubber.iter_filth(text)]


def collegium(program, path):
    lines = subprocess.run([program, "deid", "check", "--jsonl", path], capture_output=True, text=True).stdout
    found = {}
    for line in lines.splitlines():
        answer = json.loads(line)
        found[answer["id"]] = [(f["start"], f["end"]) for f in answer["findings"]]
    return found


def measure(posts, find):
    marked = touched = covered = leaks = with_ids = alarms = words = 0
    size = sum(len(post["text"].encode()) for post in posts) / 1024
    for post in posts[:3]:
        find(post)
    best = float("inf")
    for _ in range(3):
        began = time.process_time()
        spans_of = [find(post) for post in posts]
        best = min(best, time.process_time() - began)
    for post, spans in zip(posts, spans_of):
        text = post["text"]
        hit = [False] * len(text)
        for start, end in spans:
            hit[start:end] = [True] * (min(end, len(text)) - start)
        if not post["spans"]:
            alarms += len(spans)
            words += len(text.split())
            continue
        with_ids += 1
        leak = False
        for span in post["spans"]:
            if span["category"] == "QUASI":
                continue
            inside = range(span["start"], span["end"])
            full = all(hit[i] or not text[i].isalnum() for i in inside)
            marked += 1
            touched += any(hit[i] for i in inside)
            covered += full
            leak |= not full
        leaks += leak
    share = lambda part, whole: 100 * part / max(whole, 1)
    return share(touched, marked), share(covered, marked), share(leaks, with_ids), 1000 * alarms / max(words, 1), 1e6 * best / size


def main():
    path, program = sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else ""
    posts = load(path)
    print(f"{'':<30} {'touched':>8} {'covered':>8} {'leaking':>8} {'false/1000':>11} {'us per KB':>10}")
    for name, make in [("presidio-analyzer, patterns", presidio), ("scrubadub", scrubadub)]:
        try:
            find = make()
        except Exception as problem:
            print(f"{name:<30} does not run: {problem}")
            continue
        row = measure(posts, lambda post: find(post["text"]))
        print(f"{name:<30} {row[0]:>7.1f}% {row[1]:>7.1f}% {row[2]:>7.1f}% {row[3]:>11.2f} {row[4]:>10.0f}")
    if program:
        found = collegium(program, path)
        row = measure(posts, lambda post: found.get(post["id"], []))
        print(f"{'collegium':<30} {row[0]:>7.1f}% {row[1]:>7.1f}% {row[2]:>7.1f}% {row[3]:>11.2f} {'see score':>10}")


main()
