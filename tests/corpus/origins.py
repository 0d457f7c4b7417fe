#!/usr/bin/env python3
"""Writes posts with names of every origin, as JSON Lines in the corpus format: origins.py > FILE

The origin stands in the field `country`, so that `collegium deid score FILE` prints recall by origin.
The same sentences are used for every origin; every sentence is a position in which a name stands in a post."""
import json
import pathlib
import random

# {F} a woman's given name, {M} a man's, {L} a family name; the rest is the same for every origin.
SENTENCES = [
    "Mrs {L}, 67, came back with the same cellulitis and a CRP of 140 after five days of flucloxacillin.",
    "{F} {L} is a 54-year-old with type 2 diabetes, HbA1c 88, on metformin and gliclazide.",
    "Saw {M} again in clinic today with worsening ankle swelling; furosemide doubled, U&E stable.",
    "His wife {F} says he has been confused since the fall and she can't lift him any more.",
    "Pt {M} {L}, 41M, presented with pleuritic chest pain, D-dimer 900, CTPA negative for PE.",
    "I rang {M} to tell him about the biopsy and he took it better than I did.",
    "The daughter, {F}, wants everything done; the son, {M}, does not, and there is no LPA.",
    "{L}'s creatinine has gone from 90 to 240 on the new ACE inhibitor, potassium 6.1.",
    "Thanks to Dr {L} for the advice on rituximab, we went ahead with the second cycle.",
    "Name: {F} {L}. Background: asthma, two ITU admissions, poor adherence to inhalers.",
    "She asked that we call her {F}, not by her married name, and cried about the diagnosis.",
    "{M} has been off his feeds for two days, temp 38.4, no rash, his mum is worried.",
    "Handed over by nurse {F} at eight, obs stable, NEWS 2, awaiting a bed on the ward.",
    "We discussed {F} {L} at the MDT and the consensus was for neoadjuvant chemotherapy.",
    "mum {F} brought him in, {M} is 4, barking cough, mild recession, gave dex.",
    "The consultant, {M} {L}, felt that an angiogram would not change what we do.",
    "Mr {M} {L} declined the colonoscopy twice; is a FIT enough in somebody of 79?",
    "I am worried about {F}: weight down 9 kg, albumin 24, and she will not see the dietitian.",
]


def families(text):
    """Family names stand apart by blanks or, where they hold blanks, by bars."""
    out = []
    for piece in text.split("|"):
        words = piece.split()
        particles = {"Ó", "Mac", "Ní", "Al", "van", "Te", "Dela"}
        if any(w in particles for w in words):
            start = next(i for i, w in enumerate(words) if w in particles)
            out += words[:start] + [" ".join(words[start:])]
        else:
            out += words
    return out


def main():
    random.seed(20)
    here = pathlib.Path(__file__).parent
    number = 0
    for line in (here / "names.tsv").read_text(encoding="utf-8").splitlines():
        if line.startswith("#") or not line.strip():
            continue
        origin, women, men, family = line.split("\t")
        pools = {"F": women.split(), "M": men.split(), "L": families(family)}
        for turn in range(15):
            for sentence in SENTENCES:
                text, spans, at = "", [], 0
                last = None
                while at < len(sentence):
                    if sentence[at] == "{":
                        kind = sentence[at + 1]
                        pool = pools[kind]
                        word = pool[(turn * 7 + number) % len(pool)]
                        start = len(text)
                        category = "CLINICIAN" if "Dr " in sentence or "nurse" in sentence or "consultant" in sentence else "NAME"
                        if last is not None and spans and text[spans[-1]["end"]:] == " ":
                            spans[-1]["end"] = start + len(word)
                            text += word
                            spans[-1]["text"] = text[spans[-1]["start"]:]
                        else:
                            text += word
                            spans.append({"start": start, "end": len(text), "category": category, "text": word})
                        last = kind
                        at += 3
                    else:
                        text += sentence[at]
                        at += 1
                number += 1
                post = {"id": f"origin-{number:05}", "country": origin, "specialty": "names", "text": text, "spans": spans}
                print(json.dumps(post, ensure_ascii=False))


main()
