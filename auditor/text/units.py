"""Number words, magnitudes, units and hedges, each with its one normal form.

Data only, for ``figures``. Two ways of saying the same ("per cent" and "%", "over" and "more than") have one
form, so that a house style's choice isn't taken for another figure.
"""

from __future__ import annotations

from collections.abc import Mapping


def _forms(table: str) -> Mapping[str, str]:
    """Lines of ``normal form: way of saying | way of saying``, turned round."""
    forms: dict[str, str] = {}
    for line in table.strip().splitlines():
        normal, _, ways = line.partition(":")
        for way in ways.split("|"):
            forms[way.strip()] = normal.strip()
    return forms


def _counted(listed: str, start: int = 0) -> Mapping[str, int]:
    return {word: value for value, word in enumerate(listed.split(), start)}


ONES = _counted(
    """
    zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
    seventeen eighteen nineteen
    """
)
TENS = {
    word: 10 * tens
    for word, tens in _counted("twenty thirty forty fifty sixty seventy eighty ninety", 2).items()
}
ORDINALS = _counted(
    """
    first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth
    fifteenth sixteenth seventeenth eighteenth nineteenth twentieth
    """,
    1,
)
FRACTIONS = {
    "half": 2, "halves": 2, "third": 3, "thirds": 3, "quarter": 4, "quarters": 4, "fifth": 5, "fifths": 5,
    "sixth": 6, "sixths": 6, "eighth": 8, "eighths": 8, "tenth": 10, "tenths": 10,
}  # fmt: skip
VULGAR = {
    "½": 1 / 2,
    "¼": 1 / 4,
    "¾": 3 / 4,
    "⅓": 1 / 3,
    "⅔": 2 / 3,
    "⅛": 1 / 8,
    "⅜": 3 / 8,
    "⅝": 5 / 8,
    "⅞": 7 / 8,
}

MAGNITUDES = {
    "hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12, "lakh": 1e5,
    "crore": 1e7, "dozen": 12.0, "score": 20.0, "mln": 1e6, "mn": 1e6, "bln": 1e9, "bn": 1e9, "tn": 1e12,
    "trn": 1e12, "m": 1e6, "k": 1e3, "b": 1e9, "mio": 1e6, "mrd": 1e9, "hundreds": 1e2, "thousands": 1e3,
    "millions": 1e6, "billions": 1e9, "trillions": 1e12, "dozens": 12.0, "scores": 20.0,
}  # fmt: skip

CURRENCY_SIGNS = {
    "$": "USD", "US$": "USD", "A$": "AUD", "AU$": "AUD", "C$": "CAD", "CA$": "CAD", "HK$": "HKD",
    "NZ$": "NZD", "S$": "SGD", "NT$": "TWD", "R$": "BRL", "£": "GBP", "€": "EUR", "¥": "JPY", "₹": "INR",
    "Rs": "INR", "Rs.": "INR", "₽": "RUB", "₩": "KRW", "₪": "ILS", "₺": "TRY", "₴": "UAH", "₦": "NGN",
    "USD": "USD", "EUR": "EUR", "GBP": "GBP", "CHF": "CHF", "JPY": "JPY", "RUB": "RUB", "CNY": "CNY",
    "INR": "INR", "AUD": "AUD", "CAD": "CAD", "#": "GBP",
}  # fmt: skip

UNITS = _forms(
    """
    %: % | percent | per cent | pct | pc | per-cent | percentage
    point: percentage points | percentage point | basis points | basis point | points | point | pts
    USD: dollars | dollar | U.S. dollars | US dollars | dlrs | dlr | bucks
    GBP: pounds sterling | sterling | stg
    EUR: euros | euro
    RUB: rubles | roubles | ruble | rouble
    JPY: yen
    CNY: yuan | renminbi
    INR: rupees | rupee
    CHF: Swiss francs | francs
    cent: cents | cent | cts
    pence: pence | p
    pound: pounds | pound | lbs | lb
    kg: kilograms | kilogrammes | kilogram | kilos | kilo | kg | kgs
    g: grams | grammes | gram
    tonne: tonnes | tonne | metric tons | metric ton | metric tonnes
    ton: tons | ton
    ounce: ounces | ounce | oz
    stone: stone | stones
    km: kilometers | kilometres | kilometer | kilometre | kms | km
    m: meters | metres | meter | metre
    cm: centimeters | centimetres | centimeter | centimetre | cm
    mm: millimeters | millimetres | mm
    mile: miles | mile
    foot: feet | foot | ft
    inch: inches | inch
    yard: yards | yard
    acre: acres | acre
    hectare: hectares | hectare | ha
    square km: square kilometers | square kilometres | sq km | km²
    square mile: square miles | square mile
    square foot: square feet | sq ft
    square metre: square meters | square metres | sq m
    km/h: kilometers per hour | kilometres per hour | kilometers an hour | kilometres an hour
    km/h: km/h | kph | kmh
    mile/h: miles per hour | miles an hour | mph
    litre: liters | litres | liter | litre
    gallon: gallons | gallon
    barrel: barrels | barrel | bbl
    degree: degrees | degree | °C | °F | ° | °c | °f
    watt: megawatts | megawatt | MW | gigawatts | GW | kilowatts
    second: seconds
    minute: minutes | minute | mins | min
    hour: hours | hour | hrs
    day: days | day
    week: weeks | week
    month: months | month
    years: years | year | yrs | yr
    decade: decades | decade
    century: centuries | century
    """
)

HEDGES = _forms(
    """
    nearly: nearly | almost | close to | just under | a little under | slightly under | just below
    nearly: slightly less than
    more than: more than | over | in excess of | upwards of | above | just over | well over
    more than: slightly more than
    more than: a little over | a little more than | just above | well above | beyond | exceeding
    less than: less than | fewer than | under | below | well under
    about: about | around | roughly | approximately | approx. | approx | circa | some
    about: an estimated | estimated | somewhere around | more or less | or so
    at least: at least | no fewer than | no less than | not less than | a minimum of | minimum of
    up to: up to | as many as | as much as | at most | no more than | not more than
    up to: a maximum of | maximum of
    only: only | just | merely | a mere
    exactly: exactly | precisely
    between: between
    many: many
    """
)

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul",
            "august aug", "september sept sep", "october oct", "november nov", "december dec",
        ),
        1,
    )
    for name in names.split()
}  # fmt: skip
