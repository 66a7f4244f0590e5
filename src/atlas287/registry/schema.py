"""The register's tables, declared once: SQLite's DDL and the data dictionary come from here."""

from __future__ import annotations

from typing import Any

from .declare import table

#: A row of a table, in the order of its columns.
Row = tuple[Any, ...]

#: Raised when a table's meaning changes, so that registers of before are not compared with those after.
VERSION = 3

_ALL = (
    table(
        "meta",
        "one fact about the build",
        "name",
        """
    name text what
    value text its value
        """,
    ),
    table(
        "list",
        "one publication of ICE's participating or pending list",
        "list_no",
        """
    list_no integer number within this build, in order of kind and instant
    list_id text kind/instant/file
    kind text participating or pending, by contents
    seq integer place among the lists of its kind; null if stale
    at text the instant it speaks for (captures: UTC; am, mid, pm: 09:00, 12:00, 16:00)
    decided_by text file_name, capture, contents or verdict
    reason text how the instant was decided
    repeats text file of the first list that prints the very same rows, if an earlier one does
    stale integer 1 if it is an old list under a new date, which is no news
    file text file name as received
    folder text folder as received (a hint)
    sheet text name of the sheet
    sha256 text of the document
    publisher text who made the document
    captured text moment of capture in the name, UTC
    address text where the original was or is to be had; derived from the name, not fetched by us
    saved_at text the workbook's own stamp of its last save, UTC
    header_row integer row of the header
    columns text header cells as printed (JSON)
    cells text the record's name of each column (JSON)
    rows integer rows printed
    agreements integer distinct agreements among them
    agencies integer names, evened for case, space and quotes
    agencies_as_printed integer names as printed
    agencies_resolved integer agencies, once spellings are tied
    states integer states with a row
    territories integer territories with a row
    jem integer rows of the Jail Enforcement Model
    tfm integer rows of the Task Force Model
    wso integer rows of the Warrant Service Officer model
    hybrid integer rows of the first wave's hybrid
    other integer rows of no stated model
        """,
    ),
    table(
        "printed",
        "one row of cells exactly as some list prints it",
        "printed_no",
        """
    printed_no integer number within this build
    state text STATE
    agency text LAW ENFORCEMENT AGENCY
    type text TYPE
    county text COUNTY
    support_type text SUPPORT TYPE
    signed text SIGNED
    signed_as text date (a date cell's ISO value) or text
    moa text MOA
    addendum text ADDENDUM
    moa_link text target of the MOA cell's link, unwrapped
    moa_unwrapped text rules that unwrapped it
    addendum_link text target of the ADDENDUM cell's link
    addendum_unwrapped text rules that unwrapped it
    other text cells of further columns (JSON)
        """,
    ),
    table(
        "listing_run",
        "one unbroken run of lists that print one row in the same words",
        "",
        """
    agreement_no integer the agreement it prints (participating lists)
    application_no integer the application it prints (pending lists)
    printed_no integer the words
    first_list integer list_no
    last_list integer list_no
    first_row integer spreadsheet row on the first list
    last_row integer on the last
    twice integer lists of the run that print it twice
        """,
    ),
    table(
        "agency",
        "one law-enforcement body in one state",
        "agency_no",
        """
    agency_no integer number within this build
    agency_id text readable, stable
    name text as ICE last printed it, tidied
    state text postal code
    kind text sheriff, police, jail, board, constable … read from the name
    type text County, Municipality or State Agency, as ICE says
    county text as ICE prints it
    status text active, pending, not_on_latest, superseded, removed, applied (only pending), unlisted
    models text models of its active agreements
    first_signed text earliest signing day that any source documents
    first_listed text instant of the first list
    last_listed text of the last
    first_pending text instant of the first pending list
    last_pending text of the last
    level text State, County, Municipal, Regional, Campus, Port, Constable District, Judicial District, Tribal
    level_why text the sign it was read from
    municipality text the city, town or township it is of
    population integer residents it polices, as the FBI's roster has it; null: not given
    officers integer its sworn officers, from the same, which prints 0 also where none were reported
        """,
    ),
    table(
        "ori",
        "one identifier of an agency in the FBI's systems",
        "agency_no ori",
        """
    agency_no integer the agency
    ori text nine characters; older series print the first seven
    year integer the latest year of the roster with it
    current integer 1: the agency's ORI now; 0: a former one
    roster_name text the agency as the roster prints it
    roster_type text City, County, State Police, University or College …
    population integer residents policed; null: not given
    officers integer sworn officers
    how text verdict, exact, fuzzy, or the rule that matched it
    sure text sure, or likely where one difference had to be explained
    why text on what evidence
        """,
    ),
    table(
        "place",
        "one county that an agency serves; a state's agency has none",
        "agency_no fips",
        """
    agency_no integer the agency
    fips text the county's FIPS code
    county text its name
    how text verdict, name, roster (the FBI's), ICE (its COUNTY cell), the last two also misspelt
    why text on what evidence
        """,
    ),
    table(
        "doubt",
        "what could not be placed, or contradicts itself",
        "",
        """
    agency_no integer the agency
    about text ori or county
    result text missing, ambiguous; of a county also no such county, contradicted, changed
    kind text of an ORI: the kind of agencies among which it was looked for
    why text what is known
        """,
    ),
    table(
        "agency_name",
        "one spelling that ICE's lists or another source print for an agency",
        "",
        """
    agency_no integer the agency
    printed text the spelling, tidied
    rule text what ties it
    first_listed text first list, either kind; null: another source prints it
    last_listed text last list
    lists integer lists that print it
        """,
    ),
    table(
        "agreement",
        "one signed instrument: agency, support model, signing day",
        "agreement_no",
        """
    agreement_no integer number within this build
    agreement_id text agency_id/model/day
    agency_no integer the agency
    model text jem, tfm, wso or hybrid
    signed_on text the day it was signed, as ICE last printed it
    signed_rule text the rule, where that is not what every list prints
    listed_after text the last list without it; null if on the first list held
    first_listed text the first list with it
    last_listed text the last list with it
    ended_after text the last list with it, if it has left
    ended_before text the first list without it since
    first_list integer list_no
    last_list integer list_no
    status text active, not_on_latest, removed or superseded
    superseded_by integer agreement_no
    memorandum text link to the signed memorandum
    lists integer lists that print it
    gaps integer times it was missing and came back
        """,
    ),
    table(
        "source",
        "one source of testimony: what says who took part before ICE's lists do",
        "source_id",
        """
    source_id text its id
    title text its title
    publisher text who published it
    as_of text the day it speaks for, or the last of them
    rank integer where sources contradict each other the lowest goes first; ICE's lists are 0
    file text the file it was read from
    rows integer rows of it that were read
        """,
    ),
    table(
        "testimony",
        "what one row of a source other than the lists says of an agency",
        "source_id row agency_no says day",
        """
    source_id text the source
    row integer its row, the first below the header being 1
    agency_no integer the agency
    says text signed, signed (file name), stood, seen, (misdated) addendum, pending, negotiating, withdrew
    model text the support model it says
    day text the day of which it says so
    until text of what was seen: the last day
    printed_state text the state as printed
    printed text the agency as printed
    rule text what ties it to the agency: same name, longer form, verdict, as printed (no list has it)
        """,
    ),
    table(
        "signing",
        "one time that an agency signed, by every source that says so",
        "agency_no n",
        """
    agency_no integer the agency
    n integer 1 for its first signing that is known
    signed_on text the day, by the source of the lowest rank
    model text the support model, if a source says it of this signing
    source_ids text who says so (ice-lists: a list's SIGNED)
    other_days text what others say of the same signing
        """,
    ),
    table(
        "disagreement",
        "two sources that contradict each other on an agency, and what was taken",
        "agency_no about one other",
        """
    agency_no integer the agency
    about text signed_on, addendum, model, or end of a model
    one text what the source that was followed says
    other text what the other says
    taken text what was taken
    why text why
        """,
    ),
    table(
        "spell",
        "one unbroken time of an agency under one model, over all its agreements, from all sources",
        "agency_no model n",
        """
    agency_no integer the agency
    model text jem, tfm, wso or hybrid
    n integer 1 for its first spell under this model, 2 for the second …
    starts_from text the first day on which it can have started; null: not bounded
    starts_by text the last: known in force from here on. The same day where the start is documented
    start_why text what bounds it
    ends_from text the last day known in force; null while it stands on the newest list
    ends_by text the first day known not in force; the same where the end is documented
    end_why text what bounds it
    ended integer 1 if it is sure that it ended, 0 if it stands or too few lists confirm it
    ended_by text sheriff, agency, ICE, law or expiry, where a source says so; null: not known
    ended_source text the source
    switched_from text the model before, where one memorandum or course went over into another model
    switched_to text the model after
    signed_days text its signings: the start, then renewals
    undocumented text stretches in between that no source covers: from/to;from/to
    listed_after text the last list without it; null if on the first list held or never listed
    first_listed text the first list with it: listing began between these two
    last_listed text the last list with it
    ended_after text the last list with it, if it has left
    ended_before text the first list without it since: listing ended between these two
    first_list integer list_no
    last_list integer list_no
    agreements integer agreements that lists print in it; every agreement is in exactly one spell
    agreement_ids text their ids, in order
    gaps integer runs of lists in between that lack it and do not end it
    doubt text what to know of its ends and gaps; null if nothing
        """,
    ),
    table(
        "event",
        "one change between two consecutive lists",
        "event_no",
        """
    event_no integer number within this build
    event_id text thing@instant:kind
    kind text listed, model_added, switched, resigned, returned, removed, superseded, redated, renamed
    agency_no integer the agency
    agreement_no integer the agreement, unless it is the agency's
    at text instant of the list that shows it
    before_at text instant of the list before
    list_no integer the list that shows it
    before_list_no integer the list before
    detail text from what to what
    confirmed integer 0 if too few lists have followed
    delta integer what it does to the number of agreements
        """,
    ),
    table(
        "application",
        "one pending application: agency and model",
        "application_no",
        """
    application_no integer number within this build
    application_id text agency_id/model/pending/instant
    agency_no integer the agency
    model text jem, tfm, wso, hybrid or unstated
    first_pending text first pending list
    last_pending text last pending list
    first_list integer list_no
    last_list integer list_no
    status text pending, became, not_on_latest or gone (left the list; what became of it is not known)
    became integer agreement_no
        """,
    ),
    table(
        "memorandum",
        "one signed memorandum of agreement that was read",
        "memorandum_no",
        """
    memorandum_no integer number within this build
    file text ICE's file name
    folder text as received: the state, a hint
    sha256 text of the document
    address text where ICE posts it; from the link that a list prints, else from its name; not fetched by us
    pages integer its pages
    text text typed, recognized (a scan whose letters its maker recognized), scanned, or mixed
    recognizer text who recognized a scan's letters, as the file says
    ocr text what read pages without text, and signatures a second time
    scanned integer pages without a usable text layer
    agency_no integer the agency that it is of
    agreement_no integer the agreement that it is
    linked_by text link (a list prints its file name), or agency, model and day
    doubt text why it is of no agreement, or what contradicts the link
        """,
    ),
    table(
        "memorandum_field",
        "one field of one memorandum, as it was read",
        "memorandum_no field",
        """
    memorandum_no integer the memorandum
    field text its name
    value text what was read; null: nothing could be
    how text text layer, ocr, text layer and ocr, illegible, not found or scanned
    page integer the page it stands on
    snippet text the words it was read from, verbatim; telephone numbers and mailboxes taken out
    by_eye text what a person read there (corrections/memoranda.csv)
    listed text what ICE's list says of the same
    agrees integer 1: list and memorandum say the same, 0: they do not; null: not compared
        """,
    ),
    table(
        "merge",
        "two spellings tied to one agency",
        "",
        """
    state text postal code
    old text one spelling
    new text the other
    rule text which rule
    why text on what evidence
    list_no integer the list on which the new one stands first
        """,
    ),
    table(
        "redating",
        "a signing day changed, by ICE or by a rule",
        "",
        """
    agreement_no integer the agreement
    old text the day before
    new text the day after
    rule text why it is one agreement
    list_no integer the list that prints the new day first; null: none does
        """,
    ),
    table(
        "restated",
        "rows whose state or model was set right",
        "",
        """
    state text as set right
    printed text as printed
    name text agency
    model text model
    signed text signing day
    rule text why
    lists integer lists that print it wrongly
        """,
    ),
    table(
        "candidate",
        "two spellings that may be one agency's; nobody has decided",
        "",
        """
    state text postal code
    one text one spelling
    other text the other
    why text why no rule decides
    list_no integer where the lists hand over, if they do
        """,
    ),
    table(
        "quarantine",
        "what could not be read, kept and counted",
        "",
        """
    sha256 text of the document
    folder text as received
    file text file name
    sheet text null: the whole document
    row integer null: the whole sheet
    what text document, sheet, row, column, not a list, or testimony
    reason text what is wrong
    remedy text what to do
    cells text what was there (JSON)
        """,
    ),
    table(
        "checks",
        "one check of the build",
        "name",
        """
    name text short name
    what text what is checked
    expected text what it should be
    found text what it is
    result text pass, fail or info
    rows text the rows that fail (JSON)
        """,
    ),
    table(
        "redirect",
        "an id that a thing once had or might be looked for under",
        "old_id",
        """
    old_id text the former id
    id text the id now
    why text renamed, re-dated, wrong state
        """,
    ),
)
TABLES = {one.name: one for one in _ALL}
#: What stands on the list ``n``: the rows of this view with ``first_list <= n AND last_list >= n``.
VIEWS = (
    """
    CREATE VIEW standing AS
    SELECT r.first_list, r.last_list, r.twice, a.agreement_no, a.agreement_id, a.model, a.signed_on, a.status,
           g.agency_no, g.agency_id, g.state, g.name, p.agency AS printed_name, p.signed AS printed_day
    FROM listing_run r
    JOIN agreement a USING (agreement_no) JOIN agency g USING (agency_no) JOIN printed p USING (printed_no)
    """,
)
INDEXES = (
    "CREATE INDEX run_of_agreement ON listing_run(agreement_no)",
    "CREATE INDEX run_of_application ON listing_run(application_no)",
    "CREATE INDEX agreement_of_agency ON agreement(agency_no)",
    "CREATE INDEX testimony_of_agency ON testimony(agency_no)",
    "CREATE INDEX event_of_agency ON event(agency_no)",
    "CREATE UNIQUE INDEX agency_id ON agency(agency_id)",
    "CREATE INDEX ori_is ON ori(ori)",
    "CREATE INDEX place_is ON place(fips)",
    "CREATE UNIQUE INDEX agreement_id ON agreement(agreement_id)",
    "CREATE INDEX event_id ON event(event_id)",
    "CREATE INDEX list_at ON list(kind, at)",
    # Every answer asks for the newest list: rows of this table are wide, and need not be read for it.
    "CREATE INDEX list_newest ON list(kind, seq, at)",
    "CREATE INDEX memorandum_of_agency ON memorandum(agency_no)",
)
