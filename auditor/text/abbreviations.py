"""The words of news English (and a few of its neighbours) that carry a full stop without ending a sentence.

Data only: who decides with it is ``sentences``. Words stand without their last full stop.
"""

from __future__ import annotations


def words(listed: str) -> frozenset[str]:
    """A set of the words of a table."""
    return frozenset(listed.split())


# Something always follows: a name, or the other side of a "versus".
LEADING = words(
    """
    Mr Mrs Ms Messrs Mme Mlle M Mx Dr Drs Prof Rev Revs Fr Msgr Hon Gen Lt Col Cols Sgt Sgts Cpl Pvt Pfc
    Capt Cmdr
    Cmdrs Maj Adm Brig Ens Spc Sfc Gens Lts Capts Majs Adms Insp Supt Det Ofc Sen Sens Rep Reps Gov Govs Del
    Dels Pres Amb Atty Assemb Dist Asst Assoc Dep Sra Srta Herr Ste Mt Ft Pte Wg Cdr Flt Sqn Hr Fr St Rt
    Ven Hon
    vs v i.e e.g viz cf Cf ca approx Eds
    """
)

# A number follows.
COUNTING = words(
    "No Nos no nos Art Arts Sec Secs Vol vol Ch ch pp p par Fig fig Figs Nr nr Rs Abs Op op ref Ref"
)

# A day follows; otherwise the sentence may end here.
MONTHS = words(
    "Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec jan feb mar apr jun jul aug sep sept oct nov dec"
)

STATES = words(
    """
    Ala Ariz Ark Calif Colo Conn Del Fla Ga Ill Ind Kan Kans Ky La Md Mass Mich Minn Miss Mo Mont Neb Nev
    Okla Ore
    Pa Penn Tenn Tex Va Vt Wash Wis Wyo Ont Que Alta Sask Man N.J N.Y N.H N.C S.C N.D S.D N.M R.I W.Va D.C
    """
)

# They stand at the end of a sentence as often as inside one: the next word tells.
ENDING_OR_NOT = STATES | words(
    """
    Inc Corp Co Cos Ltd Bros Mfg Intl Natl Assn Assns Univ Dept Depts dept Plc LLC Jr Sr Esq Ph.D etc al
    est Est
    Ave Blvd Rd Pl Sq Bldg Hwy Rte Dak min max misc incl excl Inst Gov't Int'l bzw usw
    """
)

CLOCK = words("a.m p.m A.M P.M am pm")
AFTER_CLOCK = words(
    """
    Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May June July August
    September October November December ET EST EDT CT CST CDT MT MST MDT PT PST PDT GMT BST CET CEST UTC
    IST AEST
    AEDT JST Eastern Central Mountain Pacific Greenwich London Moscow Paris Berlin Beijing Tokyo Jan Feb
    Mar Apr
    Jun Jul Aug Sep Sept Oct Nov Dec
    """
)

# "11. Dezember", "2. Bundesliga": a full stop after a number makes an ordinal of it.
AFTER_ORDINAL_STOP = words(
    """
    Januar Jänner Februar März April Mai Juni Juli August September Oktober November Dezember Jahrhundert
    Bundesliga Liga Weltkrieg Platz Mal
    """
)

# Words that open a sentence and stand in capitals nowhere else but in headlines.
STARTERS = words(
    """
    A About Above According Across Add Added Adding After Again Against All Almost Along Already Also Although
    Always Amid Among An And Another Any Anyone Are Around As Asked At Authorities Back Because Before Behind
    Being Below Beside Besides Between Beyond Both But By Can Could Critics Despite Did Do Does Down During
    Each
    Earlier Early Either Even Eventually Every Everyone Everything Experts Few Finally First Following For
    Former
    From Further Furthermore Given Had Has Have Having He Her Here Hers His How However I I'm I've I'd I'll
    If In
    Indeed Inside Instead Into Investigators Is It It's Its Itself Just Last Late Later Less Let Like Many
    Maybe
    Meanwhile More Moreover Most Much My Near Nearly Neither Never Nevertheless Next Nine No Nobody None
    Nor Not
    Nothing Now Of Off Officials On Once One Only Opponents Or Other Others Our Out Outside Over Overall Part
    People Perhaps Police Previously Prosecutors Rather Recently Researchers Residents Right Said Saying
    Several
    She Should Shortly Similarly Since So Some Someone Sometimes Soon Speaking Still Such Suddenly Supporters
    Than Thanks That That's The Their Them Then There There's These They They're They've They'll This Those
    Though
    Through Throughout Thus To Today Together Tomorrow Too Toward Two Under Unless Unlike Until Up Upon Us
    Voters
    Was We We're We've We'll Well Were What What's Whatever When Where Whether Which While Who Whoever
    Whose Why
    Will With Within Without Witnesses Would Yesterday Yes Yet You You're Your
    """
)

SPEECH_VERBS = words(
    """
    said says say asked asks added adds told tells wrote writes replied replies explained explains noted notes
    argued argues warned warns insisted insists claimed claims stated states declared declares announced
    announces
    shouted shouts joked jokes continued continues recalled recalls concluded concludes quipped tweeted tweets
    remarked remarks testified testifies admitted admits acknowledged acknowledges urged urges demanded
    demands
    called calls responded responds commented comments stressed stresses emphasized emphasised pointed
    suggested
    suggests predicted predicts promised promises vowed vows confirmed confirms denied denies complained
    observed
    observes lamented maintained maintains reiterated reaffirmed cautioned cautions exclaimed whispered
    muttered
    yelled cried answered answers countered counters conceded concedes pleaded pledged opined boasted mused
    reported reports thinks thought believes believed described describes posted reads read
    """
)
