#!/usr/bin/env python3
"""Writes sentences from which the hunch learns, as JSON Lines in the corpus format: lessons.py > FILE

Every sentence is made of a pattern and of words put together from syllables, so that nothing can be learnt by heart:
only where a name, a place, an institution, an eponym, a drug or an author stands, and how such words are built.
The same output every time."""
import json
import random

RANDOM = random.Random(7)

# Syllables by the sound of a region; a name takes two or three of them.
SOUNDS = [
    ("ak ol be fe mi ti sun yo ade ola tun bo la ke de wa ni", "ola eye ola ayo tunde ade bola ike sola wale"),
    ("chi nwa ob ka nna ifu uzo eme ugo ka na", "chi eze nna oma uche kwu ndu ike"),
    ("wan mu ka ki nju gi ro no chi mwa ndi", "iku ngi mbu ari oki eru nya uki"),
    ("tha no si bu lwe nko mza zi ndu khu", "eni ele ile iso umo azi elo anda"),
    ("ra ve su na sha ka ma vi sri de ja la an", "esh it ani endra ika avi aman anth iya dev"),
    ("ab ham ri zay fa sa mu kha ya ta is ra", "ir id ullah een ah im oud aan ifa az"),
    ("sla wo zby mi ra do ka vla bo je da mar", "mir law ska ovic enko ova ek iak ina ysz"),
    ("te ma ra hi wha ka ta ngai ro mo pa u", "ana ira oa aki eni iata oro upe aia"),
    ("ro gu mar al es fer san jo ca be ra lo", "ez ito ina osa aldo encia illo ares ina ardo"),
    ("hay win thor bra pen tre wil stan ash ford kel", "ley ton worth den shaw field man well by ham"),
    ("o mac ni fion ruai cao dear sior grai tuath", "an nan rse gh lan ainn each ey agh us"),
    ("xi zh hao jun lin qiu wen yi mei tian", "ang ong ei ao un ian uo i"),
    ("ha yu ta ke na mi shi ko ma no hi", "ko mi shi ro ta moto da ka na ki"),
    ("ng th ph tr qu du kh hu vi la", "uong inh an ang uc oan ieu ung ai am"),
    ("ay de kar yil gul er os meh pa sta", "oglu tas demir an lu soy idis akis aki ou"),
]


def name():
    heads, tails = (s.split() for s in RANDOM.choice(SOUNDS))
    word = RANDOM.choice(heads) + (RANDOM.choice(heads) if RANDOM.random() < 0.35 else "") + RANDOM.choice(tails)
    if RANDOM.random() < 0.06:
        word += "-" + RANDOM.choice(tails).capitalize()
    return word.capitalize()


def drug():
    return (RANDOM.choice("zel vor cam tri ne bex lu fa dol ri so pra ver mi xa ta gli".split())
            + RANDOM.choice("ta vi ro pa li na do xi ma lo ni fe".split())
            + RANDOM.choice("mab nib pril xa stat zole gel ran vir cin tide fen min ra dex lis tan".split())).capitalize()


def place():
    return (RANDOM.choice("Ald Brin Cor Dun Esk Fal Gar Hol Inver Kil Lan Mos Nant Ott Pol Ros Stan Tar Ull War Kara Mba Nya Chan Tiru Wai Whaka Tuma Bar".split())
            + RANDOM.choice("bury ton ham ford wick by mouth dale combe more garve nagar pur abad patti kuru nui roa bane ville burg ridge stead minster fontein dorp kloof gong".split()))


PERSON = """
Saw {N} in clinic, BP 150/90, started amlodipine.
I met {N} first in resus and he was grey.
Went to see {N} at home; she was on the floor beside the bed.
We admitted {N} overnight for observation and gave her fluids.
{N} has had three courses of antibiotics and is no better.
{N} was fine until the night shift, then spiked to 39.2.
{N} refuses insulin and says God will cure her.
{N} cannot swallow tablets, so he gets the suspension.
{N} and his brother both carry the variant.
{N} died at home with her family around her.
{N} went back to theatre for a washout.
{N} is much better on the new dose, thank you all.
{N}, who has Down syndrome, came with his carer.
{N}, whom some of you will remember from my last post, is back.
{N} again, sorry. Still febrile on day 5 of meropenem.
Update on {N}: extubated, talking, asking for tea.
Thoughts on {N}? Platelets 14, afebrile, no bleeding.
Re {N}: the family want a second opinion.
I worry about {N}, she lives alone and drinks.
We are all anxious about {N} since the scan.
I promised {N} that I would ask here first.
Nobody told {N} that the lump was cancer.
I have known {N} for eleven years and never saw him cry.
What would you do with {N}? He wants to fly next week.
How do I persuade {N} to take the statin?
The problem with {N} is adherence, not resistance.
My patient {N} has been waiting nine months for a hip.
The patient, {N}, is a retired joiner with COPD.
Little {N} is 3 and has had four wheezy episodes.
Baby {N} was born at 29 weeks and is on CPAP.
Old {N} from the corner shop has a foot ulcer.
Poor {N} has now had every scan we own.
Mum, {N}, is exhausted and tearful.
His partner {N} found him blue in the bathroom.
Her eldest, {N}, translates for us.
She has two children, {N} and {N}, both well.
He was found by his neighbour {N} after two days.
The carer, {N}, gives the midazolam.
According to {N}, the pain began after the lifting.
{N} tells me that the tablets make her dizzy.
{N} thinks it is the water; {N} blames the vaccine.
{N} rang at 3 a.m. to say the catheter had blocked.
{N}'s mother is frightened of steroids.
{N}'s potassium was 6.8 this morning.
{N}'s wound is dry and the drain is out.
{N}'s ECG shows new T wave inversion.
{N}'s family want the PEG; {N} does not.
{N} {N}, 54, type 2 diabetes, foot ulcer.
{N} {N} came in with chest pain and a normal troponin.
{N} {N} has agreed to the trial.
Pt {N} {N}, 41F, ?GBS.
Mr {N} {N} is on the list for Tuesday.
Mrs {N} would rather stay at home.
Miss {N} has epilepsy and is 20 weeks pregnant.
Name {N} {N}, seen with interpreter.
It was {N} who noticed the rash.
Only {N} knows where the tablets are.
Even {N} agreed to a blood test in the end.
Then {N} collapsed in the waiting room.
So {N} is now on three antiepileptics.
But {N} will not hear of hospice.
Today {N} walked to the toilet with one stick.
Yesterday {N} pulled out her line.
Since then {N} has lost 6 kg.
I gave {N} the leaflet and a week to think.
They moved {N} to a side room.
We lost {N} on Friday and the team is gutted.
Can I send {N} home on this?
Does {N} need an echo first?
Should {N} drive? He says he must.
Is {N} septic or just dry?
Discussed with {N} and with her daughter, who agrees.
The scan of {N} shows a 4 cm mass.
The twins, {N} and {N}, were seen together.
Asked {N} to keep a headache diary.
Thanks for the help with {N}, she is home.
"{N}, squeeze my hand," I said, and he did.
His words: "{N} would not have wanted this."
She calls herself {N} now and uses they.
Known to us as {N}, but registered under another name.
Goodbye {N}, we all learnt from you.
{N} weighs 112 kg and we have no scale for that.
{N} keeps asking when he can drive.
{N} by name, brought by his uncle.
{N} came late, by boat, with her mother.
{N} bled 700 and got tranexamic acid.
{N} herself is cheerful about it all.
{N} just sits in the truck and will not come in.
{N} drove her in because no ambulance came.
{N} wants to know if it really matters.
{N} is the one with power of attorney.
{N} fainted before I had even begun.
{N} got a shunt by torchlight and is home.
{N} fitted twice on the way here.
Now {N} is confused and her sodium is 118.
By the time the helicopter had {N} to us he was cold.
The driver, one {N}, gave the first breaths.
Her pop {N} rings me every week.
Case: {N} 20 yr, first baby, haemoglobin 5.
Pt {N} 52 m, snake bite, pupils fixed.
No one told {N} or {N} what the scan showed.
He calls her {N} and she smiles.
""".strip().splitlines()

COLLEAGUE = """
Dr {C} thinks we should wait.
Dr {C} {C} did the list and it went well.
Prof {C} kindly reviewed the slides.
Our registrar {C} was brilliant with the family.
Nurse {C} noticed that the pump was off.
The ward pharmacist, {C}, stopped the clarithromycin.
Sister {C} on nights put the line in.
I asked {C} from ID and the advice was fosfomycin.
{C} the anaesthetist was unhappy about the airway.
{C} in radiology reads it as lymphoma.
My consultant {C} prefers a bolus.
Bleeped {C}, the med reg, who came at once.
Thanks to {C}, our physio, he walks again.
Handed over to {C} (ST4) at half eight.
Operated by {C} and {C}, uneventful.
Seen by {C}, cardiology, who suggests a loop recorder.
{C} at the hotline reckons it is resistance.
{C} calculated the dose and was wrong.
{C} would go back in; I would not.
{C} says phenol first, then the block.
{C} in haematology wants etoposide.
{C} insists on none at all.
{C} quotes the old paper every time.
{C} gets 6, I get 7.
{C} repeated it and got the same.
{C} scoped him and found nothing.
{C} of hepatobiliary will do the ultrasound.
{C} is asking for a cartridge we do not have.
{C} plans an epidural and a low threshold.
{C} happened to be getting petrol there.
{C} came in on her day off and helped.
{C}: steroid now. {C}: wait.
The drain by {C} at the bedside still works.
The stent by {C} is patent.
Manual removal by {C} under ketamine.
It went in under {C} without trouble.
Awake nasal tube by {C} by torch.
It was {C}'s idea, not mine.
You do not agree with me, {C}.
Right, {C}?
Rang {C} in neuro, no answer.
My junior {C} sewed the flap.
The intern {C} made a splint from a bag.
{C} is the fellow on duty.
""".strip().splitlines()

PLACES = """
She lives in {P} with her sister.
He comes from {P} and works on the boats.
They drove up from {P} with the oxygen in the boot.
A farmer from near {P} with a swollen knee.
Transferred from {P} by road, two hours.
He was found on the beach at {P}.
The family moved to {P} last year.
Lives alone in {P}, no carers.
She has gone back to {P} to be with her mother.
There has been a cluster in {P} since the summer.
The nearest scanner is in {P}, four hours away.
He is a teacher in {P} and has two dogs.
Home is {P}, up a track with no signal.
A fisherman, 44, {P}, with a hook in the eye.
On holiday in {P} when it began.
The school in {P} has had nine cases.
We cover {P} and the islands.
Her GP in {P} started the prednisolone.
She came walking from {P} with the child on her back.
We are in {P}, so the cold matters.
The office in {P} is closed until Monday.
Sent back to {P} for bloods, the road was shut.
Home to {P}, two buses and a ferry.
It was stopped in {P} because of the cost.
{P} is nine hours by road.
""".strip().splitlines()

INSTITUTIONS = """
She was seen at {F} last week and sent home.
He works at {F} on the packing line.
Transferred to {F} for PCI.
She was discharged from {F} without a letter.
The team at {F} declined to take her.
He was a teacher at {F} for thirty years.
Her bloods were done at {F} and are lost.
I trained at {F} and we never did this.
He was in {F} with pneumonia.
{F} would not accept without a scan.
She is under {F} for her bowel.
He has been resident at {F} since the stroke.
""".strip().splitlines()

NOTHING = """
The {E} score was 7, so we admitted.
{E}'s sign was positive on the left.
Positive {E} test, negative {E} manoeuvre.
He has {E} disease, on hydroxychloroquine.
Is this {E} syndrome or just bad luck?
{E}-type fracture of the distal radius.
Modified {E} grade 3, so no lysis.
We used the {E} technique with a mesh.
{E} forceps, then a ventouse, then theatre.
A {E} catheter drained 400 ml.
Size 4 {E} and a bougie, grade 2 view.
The {E} criteria are not met.
By {E} classification this is type II.
{E} et al. found no difference at 90 days.
{E} and {E} (NEJM 2018) say otherwise.
As {E} showed in 2004, delay does no harm.
See {E} in the BMJ, 2019.
The {E} trial excluded everybody over 80.
{E} 2016 and {E} 2021 disagree about the dose.
The {E} nomogram says treat.
The {E} equation overestimates at low GFR.
{E} stain negative, culture pending.
{E} bodies on the smear.
{E} nodes at the DIPs.
{E} procedure or pelvic exenteration?
{E} drain out on day 3.
On {D} 20 mg bd and {D} 5 mg.
{D} is not on our formulary.
Switched from {D} to {D} because of the rash.
{D} levels were therapeutic.
{D} nebs and a stat dose of {D}.
Started {D}, stopped {D}, no change.
Has anyone used {D} in renal failure?
{D} cost us nine thousand a year.
Allergic to {D} (rash in childhood).
We give {D} at induction and {D} at closure.
{D}, {D} and {D} all interact.
Is {D} safe in breast feeding?
{D} or {D} for the second line?
The {D} data are poor.
Loaded with {D} 300, then {D} 75.
The {D} pump alarmed twice.
Our {D} monitor reads low in the cold.
{D} inhaler technique was poor.
The {D} app crashed again.
{E} view shows no effusion.
{E} position, head down, left lateral.
{E} lines in the bases.
{E} frame and two assistants.
Grade 2 {E}, grade 1 {E}.
{E}, {E}, {E}: which of the three for the viva?
{E}: see the original paper.
We teach {E} and {E} but nobody does them.
{E} type 2 respiratory failure scale was 4.
The {E} pathway took three weeks to start.
The new {E} guideline is out.
{E} phenotype, {E} genotype, no family history.
{E} virus was negative twice.
{E} fever on the differential after travel.
{E} bacillus grew from the line.
The {E} College has a statement on it.
The {E} manual has a chapter.
""".strip().splitlines()

MAKERS = {"N": (name, "NAME"), "C": (name, "CLINICIAN"), "P": (place, "LOCATION"), "E": (name, None), "D": (drug, None)}
ENDINGS = "Mills Foods Farm Academy Lodge Motors House Court Hall Works Bakery Stores Park Grange Depot".split()


def institution():
    return place() + (" " + RANDOM.choice(ENDINGS) if RANDOM.random() < 0.6 else "")


MAKERS["F"] = (institution, "FACILITY")


def main():
    number = 0
    for patterns, times in ((PERSON, 6), (COLLEAGUE, 6), (PLACES, 6), (INSTITUTIONS, 6), (NOTHING, 10)):
        for pattern in patterns:
            for _ in range(times):
                text, spans = "", []
                rest = pattern
                while "{" in rest:
                    head, rest = rest.split("{", 1)
                    kind, rest = rest[0], rest[2:]
                    text += head
                    make, category = MAKERS[kind]
                    word = make()
                    if category:
                        if spans and text == text[:spans[-1]["end"]] + " ":
                            spans[-1]["end"] = len(text) + len(word)
                        else:
                            spans.append({"start": len(text), "end": len(text) + len(word), "category": category})
                    text += word
                text += rest
                for span in spans:
                    span["text"] = text[span["start"]:span["end"]]
                number += 1
                # Every third one as typed without capitals.
                if number % 3 == 0 and text.lower() != text and len(text.lower()) == len(text):
                    text = text.lower()
                    for span in spans:
                        span["text"] = text[span["start"]:span["end"]]
                post = {"id": f"lesson-{number:05}", "country": "", "specialty": "lesson", "text": text, "spans": spans}
                print(json.dumps(post, ensure_ascii=False))


main()
