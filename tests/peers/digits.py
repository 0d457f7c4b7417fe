#!/usr/bin/env python3
"""Writes numbers with the verdict of python-stdnum, for comparison with our own check digits: digits.py > ../corpus/numbers.tsv

Needs python-stdnum (`tests/peers/run` installs it into tests/peers/.venv). The same output every time; give another
seed as the argument for other numbers. Every number is random, and half of the rows were brought to a valid check
digit by trying; none was taken from anybody."""
import random
import sys

from stdnum import iban, luhn, verhoeff
from stdnum.ca import bc_phn, sin
from stdnum.gb import nhs
from stdnum.ie import pps
from stdnum.in_ import aadhaar
from stdnum.us import ssn
from stdnum.za import idnr

DICE = random.Random(int(sys.argv[1]) if len(sys.argv) > 1 else 1)
EACH = 60


def digits(count, first="0123456789"):
    return DICE.choice(first) + "".join(DICE.choice("0123456789") for _ in range(count - 1))


def id_za():
    return f"{DICE.randrange(100):02}{DICE.randrange(1, 13):02}{DICE.randrange(1, 29):02}{digits(4)}{DICE.choice('01')}8{digits(1)}"


KINDS = [
    ("nhs", lambda: digits(10), nhs.is_valid),
    ("luhn", lambda: digits(16), luhn.is_valid),
    ("luhn", lambda: digits(9, "123456789"), sin.is_valid),
    ("verhoeff", lambda: digits(12), verhoeff.is_valid),
    ("verhoeff", lambda: digits(12, "23456789"), aadhaar.is_valid),
    ("phn_bc", lambda: digits(10, "9"), bc_phn.is_valid),
    ("ppsn", lambda: digits(7) + DICE.choice("ABCDEFGHIJKLMNOPQRSTUVW"), pps.is_valid),
    ("ppsn", lambda: digits(7) + DICE.choice("ABCDEFGHIJKLMNOPQRSTUVW") + DICE.choice("AB"), pps.is_valid),
    ("id_za", id_za, idnr.is_valid),
    ("ssn", lambda: f"{digits(3)}-{digits(2)}-{digits(4)}", ssn.is_valid),
    ("iban", lambda: "GB" + digits(2) + "WEST" + digits(14), iban.is_valid),
]


def main():
    print("# check\tnumber\tvalid by python-stdnum 2.2; written by tests/peers/digits.py")
    for name, make, valid in KINDS:
        wanted = {True: EACH, False: EACH}
        while any(wanted.values()):
            number = make()
            verdict = valid(number)
            if wanted[verdict]:
                wanted[verdict] -= 1
                print(f"{name}\t{number}\t{'yes' if verdict else 'no'}")


main()
