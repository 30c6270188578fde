"""How dangerous a sentence is for a reader who believes it, were it unfounded.

Each risk is a pattern with a weight in [0, 1]; a sentence's severity joins those that it shows as independent alarms.
What a sentence denies, warns of, asks or only tells to report is no promise ("does not cure", "anyone who promises").
Weights order the risks (stopping a treatment above a cure, a cure above haste); they were set by hand.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from pipeline.detect.claim_terms import LONGEST, tokens
from pipeline.detect.matchers import normalise

Tone = Literal["promise", "fear"]
TREATMENT = (
    r"(?:medications?|medicines?|meds|pills|tablets|prescriptions?|drugs|insulin|metformin|statins?|chemo(?:therapy)?|radiation"
    r"|surgery|antidepressants?|inhalers?|blood\sthinners?|injections|glasses|dialysis|vaccines?|antibiotics)"
)
TIME = (
    r"(?:overnight|instantly|immediately|forever|for\sgood|for\slife|permanently|completely|(?:in|within|after)\s(?:just\s|only\s|as\slittle\sas\s|under\s)?"
    r"(?:a|an|one|two|three|four|five|six|seven|eight|nine|ten|\d+)\s(?:\w+\s)?(?:minutes?|hours?|days?|nights?|weeks?|uses?|visits?))"
)
ILLNESS = (
    r"(?:diabetes|cancers?|tumou?rs?|arthritis|dementia|alzheimer['’]?s|depression|anxiety|autism|asthma|eczema|psoriasis|heart\sdisease"
    r"|hypertension|high\sblood\spressure|infertility|hepatitis|hiv|herpes|blindness|deafness|hearing\sloss|tinnitus|insomnia|addiction"
    r"|migraines?|obesity|hair\sloss|baldness|any\s(?:disease|illness)|(?:every|all)\s(?:known\s)?(?:diseases?|illness(?:es)?)|pain)"
)
HEALS = r"(?:cur(?:e|es|ed|ing)|revers(?:e|es|ed|ing)|eliminat(?:e|es|ed|ing)|eradicat(?:e|es|ed|ing)|end(?:s|ed|ing)|banish(?:es|ed)?|wip(?:e|es|ed)\sout|beat(?:s|en)?|defeat(?:s|ed)?|heal(?:s|ed)?)"


@dataclass(frozen=True)
class Risk:
    """One kind of danger: what the sentence does, how bad, and in which tone."""

    name: str
    weight: float
    triggers: frozenset[str]
    pattern: re.Pattern[str]
    tone: Tone = "promise"


def risk(name: str, weight: float, triggers: str, pattern: str, tone: Tone = "promise") -> Risk:
    """A risk with its pattern compiled; the pattern is tried where one of the words `triggers` is."""
    return Risk(name, weight, frozenset(triggers.split()), re.compile(pattern, re.IGNORECASE), tone)


RISKS = (
    risk(
        "tells readers to stop or refuse a treatment",
        0.9,
        "medication medications medicine medicines meds pills tablets prescription prescriptions drug drugs insulin metformin statin statins chemo chemotherapy radiation surgery antidepressant antidepressants inhaler inhalers thinners injections glasses dialysis vaccine vaccines antibiotics doctor doctors optician hospital",
        rf"\b(?:throw|pour|toss|ditch|flush|dump|bin|quit|give\sup|kick|say\sgoodbye\sto|said\sgoodbye\sto|come\soff|get\soff|replaces?|forget(?:\sabout)?)\b"
        rf"(?:\W+\w+){{0,3}}?\W+(?:your|the|his|her|their|all|any|my)\W+(?:\w+\W+){{0,2}}?{TREATMENT}\b"
        rf"|\byou\s(?:can|may|will)\s(?:now\s|safely\s|soon\s)?(?:stop|drop|skip|quit)\b.{{0,30}}?\b{TREATMENT}\b"
        rf"|\b(?:no\slonger|never|won['’]t|will\snot|don['’]t)\s(?:need|have\sto\stake|require)s?\b.{{0,30}}?\b(?:{TREATMENT}|doctors?|optician|hospital)\b"
        rf"|\b(?:off|free\sof|without)\s(?:their|your|his|her|all|his|any)\s(?:\w+\s)?{TREATMENT}\b|\bare\soff\s{TREATMENT}\b"
        r"|\bdo(?:\snot|n['’]t)\s(?:bother|trust|listen\sto|believe|ask)\b.{0,20}\bdoctors?\b|\bno\sneed\s(?:for|to\ssee)\s(?:a|your|the)\sdoctor\b"
        rf"|\b(?:better|safer|stronger)\sthan\s(?:any\s)?(?:{TREATMENT}|insulin|chemo\w*)\b|\binstead\sof\s(?:insulin|chemo\w*|{TREATMENT})\b"
        rf"|\b{TREATMENT}\s(?:only\s|just\s|actually\s)?(?:feeds?|poisons?|destroys?|adds?\sto|mask(?:s|ed)?|makes?\s(?:it|you|them)\s(?:worse|sick))\b",
    ),
    risk(
        "promises a cure",
        0.75,
        "cure cures cured curing reverse reverses reversed reversing eliminate eliminates eliminated eliminating eradicate eradicates eradicated end ends ended ending banish banishes banished wipe wipes wiped beat beats beaten defeat defeats defeated heal heals healed gone vanish vanishes vanished disappear disappears disappeared melt melts dissolve dissolves",
        rf"\b{HEALS}\s(?:(?:your|the|my|his|her|their|type\s\S+|chronic|severe|social|all|most|even)\s){{0,3}}{ILLNESS}\b"
        rf"|\b(?:a|the|only|natural|permanent|miracle|real|proven)\s(?:\w+\s)?cures?\s(?:for|of)\b|\b(?:gone|vanish(?:es|ed)?|disappear(?:s|ed)?|melts?|dissolves?)\s{TIME}"
        rf"|\b{HEALS}\b.{{0,40}}?\b{TIME}\b|\b(?:is|was|were|are)\s(?:completely\s|totally\s)?(?:healed|cured)\b",
    ),
    risk(
        "denies side effects or risk",
        0.7,
        "side side-effect side-effects side-effect-free risk risks risk-free danger downside downsides downtime safe natural harmless painless nontoxic non-toxic harm hurt overdose dependent addicted medicine medicines medication medications drug drugs tablets",
        r"\b(?:no|zero|without(?:\sany)?|free\sof|free\sfrom)\s(?:known\s|real\s|nasty\s|harmful\s|the\s)?(?:side[\s-]effects?|risks?\b(?!\sfactors?)|danger|downsides?|downtime)"
        r"|\b(?:100\s?%|100\spercent|completely|totally|perfectly|absolutely|entirely)\s(?:safe|natural|harmless|painless|non-?toxic|risk[\s-]free)\b"
        r"|\b(?:cannot|can['’]t|can\snever|will\snever|never)\s(?:harm|hurt|overdose|become\s(?:dependent|addicted))|\brisk[\s-]free\b|\bside[\s-]effect[\s-]free\b"
        r"|\b(?:not\s(?:one|a\ssingle)|never\sa(?:\ssingle)?)\s(?:reported\s|known\s)?side[\s-]effects?\b|\bwith\sany\s(?:other\s)?(?:medicines?|medications?|drugs?|tablets)\b"
        r"|\bsafe\s(?:for|with)\s(?:everyone|everybody|nearly\severybody|any|all|the\swhole\sfamily|babies|children|kids|pregnan\w+)\b"
        r"|\bside[\s-]effects?\sare\s(?:rare\sand\salways|always|never|none)",
    ),
    risk(
        "gives or raises a dose",
        0.5,
        "double triple twice increase dose much many often",
        r"\b(?:double|triple|twice|increase)\b.{0,20}\b(?:dose|drops|capsules|tablets|patches|pills|amount|it\severy|as\smany)\b|\bat\sany\sdose\b"
        r"|\b(?:cannot|can['’]t)\stake\stoo\smuch\b|\bwhatever\sthe\sdose\b|\bas\s(?:much|many|often)\sas\syou\s(?:like|want)\b",
    ),
    risk(
        "promises success to all",
        0.6,
        "works work worked effective success cure users customers clients patients people men women graduates guarantee guarantees guaranteed fail fails failed single miracle miracles miraculous miraculously magic cure-all",
        r"\b(?:works?|worked|effective)\s(?:for|on)\s(?:every(?:one|body)?|all|any|each)\b|\b(?:9\d(?:\.\d)?|100|ninety-?\w*)\s?(?:%|percent|per\scent)\s(?:\w+\s)?(?:success|effective|cure|of\s(?:our\s)?(?:users|customers|clients|patients|people|men|women|graduates))"
        r"|\bsuccess\srate\b|\bguarante(?:e|es|ed)\s(?:to|results?|cure|relief|success)|\bresults?\s(?:are\s|is\s)?guaranteed\b|\b(?:never|not\sonce)\s(?:has\s|have\s)?fail(?:s|ed)\b|\bfor\severy\ssingle\sperson\b"
        r"|\b(?:miracles?|miraculous|miraculously)\b|\bmagic\s(?:pill|bullet|formula|cure)\b|\bcure-all\b",
    ),
    risk(
        "ranks itself above every treatment",
        0.45,
        "better stronger safer faster effective powerful no number league outperform outperforms safest purest strongest",
        r"\b(?:better|stronger|safer|faster|more\s(?:effective|powerful))\sthan\s(?:any|every|anything)\b|\bno\s(?:\w+\s(?:or\s)?)?(?:drugs?|creams?|medicines?|pills?|treatments?|surgery|therapy|doctor)\b"
        r".{0,25}\b(?:can\sdo|does\sthe|do\sthe|comes?\sclose|compares?|can\smatch)\b|\bnumber\sone\s(?:treatment|cure|remedy)\b|\bin\sa\sdifferent\sleague\b|\boutperforms?\s(?:\w+\s)?(?:prescription|drugs?|medicines?|surgery)\b"
        r"|\b(?:safest|purest|strongest)\b.{0,30}\bin\sthe\s(?:world|country)\b",
    ),
    risk(
        "promises haste",
        0.35,
        "lose lost drop drops dropped shed melt melts burn burns blast blasts torch vanish vanishes regrow regrows regrown restore restores restored detox detoxes cleanse cleanses cleansed flush flushes repair repairs rebuild rebuilds gone younger relief result results change changes healed heal pain-free pain years by draw draws pull pulls remove removes release releases",
        rf"\b(?:lose|lost|drops?|dropped|shed|melts?|burns?|vanish\w*|regrow\w*|restores?d?|detox\w*|cleans?e?[sd]?|flush\w*|repairs?|rebuilds?|gone|younger|relief|results?|changes?|healed|heal|pain[\s-]free)\b.{{0,45}}?\b{TIME}\b"
        r"|\b(?:ten|twenty|\d+)\syears\s(?:younger|off\syour)\b|\bby\s\d[\d.]*\s?(?:%|per\s?cent)\s(?:in|within)\s(?:just\s|only\s)?\w+\s(?:days|weeks)\b|\b(?:melts?|burns?|blasts?|torches?)\s(?:away\s)?(?:\w+\s)?fat\b|\b(?:flush(?:es)?|draws?|pulls?|removes?|releases?)\b.{0,25}\b(?:toxins?|poisons?|heavy\smetals|parasites)\b",
    ),
    risk(
        "borrows wonder for proof",
        0.3,
        "clinically scientifically medically ancient secret forgotten grandmother's hidden revolutionary groundbreaking breakthrough game-changing speechless stunned amazed baffled shocked believe source root inside cause reason problem",
        r"\b(?:clinically|scientifically|medically)\s(?:proven|shown)\b|\b(?:ancient|secret|forgotten|grandmother['’]s|hidden)\s(?:remedy|recipe|formula|trick|ritual|method)\b|\b(?:revolutionary|groundbreaking|breakthrough|game-?changing)\s(?:formula|treatment|product|therapy|supplement|discovery|method|cream|device|technology)\b"
        r"|\b(?:doctors?|scientists?|experts?|surgeon|physician|optician|audiologist)\b.{0,30}\b(?:speechless|stunned|amazed|baffled|shocked|could\snot\sbelieve|couldn['’]t\sbelieve)\b|\b(?:stunned|shocked|baffled)\s(?:them|doctors|scientists|experts)\b"
        r"|\bat\sthe\s(?:source|root)\b|\bfrom\sthe\s(?:inside|root)\b.{0,20}\b(?:out|cause)\b|\broot\scause\b|\bthe\s(?:single|real|true|hidden)\s(?:cause|reason|problem)\b",
    ),
    risk(
        "stirs fear or suspicion",
        0.5,
        "pharma doctors they industry companies hospitals hospital dermatologists dentists kept hidden hiding suppressed buried covered censored banned results truth taken take page video lie paid gone late killing poisoning shocking ugly dirty money only last hold midnight stock stocks supply supplies",
        r"\bbig\spharma\b|\b(?:doctors?|they|industry|companies|hospitals?|dermatologists|dentists)\b.{0,25}\b(?:do\snot|don['’]t|doesn['’]t|does\snot|never|won['’]t|would\srather\syou\sdid(?:\snot|n['’]t))\s(?:want\syou\sto\sknow|tell\syou|want\syou\sto)\b"
        r"|\b(?:kept|hidden|hiding|suppressed|buried|covered\sup|censored|banned)\b.{0,20}\b(?:from\s(?:you|the\spublic)|for\s(?:years|decades)|results|truth)\b|\b(?:results|truth|cure|study)\b.{0,15}\b(?:buried|hidden|suppressed|covered\sup)\b"
        r"|\b(?:taken|take)\sdown\b.{0,30}\b(?:page|video|soon|read|watch)\b|\b(?:page|video)\b.{0,30}\b(?:taken\sdown|removed\sat|banned)\b|\b(?:being|been|were|was)\stold\s(?:the\ssame\s|a\s)?lie\b|\bpaid\s(?:for\severy|by\sthe\sdrug)\b|\bbefore\sit\sis\s(?:gone|too\slate)\b"
        r"|\bis\s(?:silently\s|slowly\s)?(?:killing|poisoning)\syou\b|\bthe\s(?:shocking|ugly|dirty)\s(?:truth|secret)\b|\bno\smoney\sin\b"
        r"|\b(?:only|last|hold)\s\d+\s(?:\w+\s)?(?:left|bottles|boxes|jars|spots)\b|\b(?:at|until)\smidnight\b|\bwhile\s(?:stocks?|suppl(?:y|ies))\slasts?\b",
        "fear",
    ),
)  # fmt: skip
VULNERABLE = re.compile(
    r"\b(?:children|child|kids?|bab(?:y|ies)|infants?|toddlers?|newborns?|pregnan\w+|breast-?feeding|nursing\smothers)\b",
    re.IGNORECASE,
)
VULNERABLE_SHARE = 0.35
"""How far what is left to full severity is closed when a promise is made for children or in pregnancy."""
DENIED = re.compile(
    r"\b(?:not|no|nobody|none|never|neither|cannot|isn['’]t|aren['’]t|doesn['’]t|don['’]t|didn['’]t|won['’]t|can['’]t|without|hardly|rarely|seldom|unlikely|unless|myth|false|untrue|beware|avoid|claims?(?:\sto)?|claimed|promis(?:e|es|ing)|offers?\sto|anyone\swho|anybody\swho|whether|if|should|before|until|ask|tell)\b(?:\W+\w+){0,5}\W*$",
    re.IGNORECASE,
)
"""Words shortly before a promise that take it back, doubt it, or make it somebody else's."""
ASKED_OR_QUOTED = re.compile(r"\?[\"'”’)\s]*$|^\W*(?:claim|myth|fiction|rumou?r|misconception)s?\b", re.IGNORECASE)
WORDS_BEFORE = 60


@dataclass(frozen=True)
class Danger:
    """The severity of a sentence in [0, 1], and the names of the risks that it shows, worst first."""

    severity: float = 0.0
    names: tuple[str, ...] = ()
    quotes: tuple[tuple[str, int], ...] = ()
    """The words of each risk and where in the text they begin."""


NO_DANGER = Danger()


def danger(text: str, words: frozenset[str], tone: Tone) -> Danger:
    """The danger of one sentence or title, of one tone; `words` are its tokens (`claim_terms.tokens`)."""
    text = text[:LONGEST]
    found = []
    for one in RISKS:
        match = one.pattern.search(text) if one.tone == tone and not one.triggers.isdisjoint(words) else None
        before = text[max(0, match.start() - WORDS_BEFORE) : match.start()] if match else ""
        if match and not (tone == "promise" and DENIED.search(before)):
            found.append((one.weight, one.name, (match.group().rstrip(), match.start())))
    if not found or ASKED_OR_QUOTED.search(text):
        return NO_DANGER
    found.sort(reverse=True)
    harmless = 1.0
    for weight, _, _ in found:
        harmless *= 1 - weight
    if VULNERABLE.search(text):
        harmless *= 1 - VULNERABLE_SHARE
    return Danger(1 - harmless, tuple(name for _, name, _ in found), tuple(quote for _, _, quote in found))


def title_danger(title: str | None, tone: Tone) -> Danger:
    """The danger of a title."""
    return danger(title, frozenset(tokens(normalise(title))), tone) if title else NO_DANGER
