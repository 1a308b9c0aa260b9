"""Writes the sample court's docket reports as CM/ECF's DktRpt.pl prints them, with PACER's receipt."""

from __future__ import annotations

import html
import re
from datetime import datetime

from tests.sample_court.docket import LINK, Case, Court, Entry, Party

_PAGE = """<html><head><title>CM/ECF: U.S. Bankruptcy Court, {district}</title>
<link rel="stylesheet" type="text/css" href="/css/default.css"><script type="text/javascript" src="/lib/core.js"></script></head>\
<body BGCOLOR=FFFFFF TEXT=000000 onLoad='SetFocus()'><div id="cmecfMainContent">\
<input type="hidden" id="cmecfMainContentScroll" value="0"><SCRIPT LANGUAGE="JavaScript">
\t\tvar IsForm = false;
\t\tfunction SetFocus() {{ return(true); }}
\t\t</SCRIPT>
{flags}<CENTER><B><FONT SIZE="+1">U.S. Bankruptcy Court<BR>{district} ({seat})<BR>{title}\
</FONT></B></CENTER>{head}<BR><FONT SIZE="5"><B></B>
\t\t</FONT><TABLE width="100%" BORDER=0 CELLSPACING=1><TR>{parties}</TABLE><BR>\
<TABLE BORDER=1 CELLPADDING=10 CELLSPACING=0><TR><TH width="94" nowrap>Filing Date</TH>
<TH colspan=2 align='center'>#</TH><TH align=center>Docket Text</TH></TR>
{rows}</TABLE><BR><BR><BR><BR><HR>{receipt}</HR></div></body></html>
"""

_FLAGS = """<TABLE width="100%" align=right BORDER=0 CELLSPACING=5><TR><TD ALIGN=right><h2> \
<FONT SIZE="3">{flags}</FONT></h2></TD></TR>\
</TABLE><BR><BR><BR>"""

_HEAD_BK = """<TABLE width="100%" BORDER=0 CELLSPACING=1><TR>\t<TD VALIGN=top WIDTH="50%"><FONT SIZE="+0">\
<BR><I>Assigned to:</I>      \
Judge {judge}<BR>Chapter          {chapter}<BR>Voluntary\
<BR>Asset <A HREF=/cgi-bin/DktRpt.pl?-</A> <br><div class="noprint">\
<A HREF='/cgi-bin/qryAscCases.pl?{case_id}'>Show Associated Cases</A></div> <BR><BR>\t</FONT></TD>
\t<TD VALIGN=top WIDTH="50%" ALIGN=right>\
<FONT SIZE="+0"><TABLE border=0 cellspacing=0 cellpadding=0 align=center>{dates}</TABLE>\t</FONT></TD>
</TR>
</TABLE>"""

_HEAD_AP = """
<TABLE width="100%" BORDER=0 CELLSPACING=10><TR>\t<TD VALIGN=top  WIDTH="60%"><FONT SIZE="+0">
<BR><I>Assigned to:</I>      Judge {judge}<BR><I>Lead BK Case:</I> <a href="/cgi-bin/DktRpt.pl?{lead_id}
">{lead}</a><BR><I>Lead BK Title:</I> {lead_name}<BR><I>Lead BK Chapter:</I> {lead_chapter}<div class="noprint">\
<a href="/cgi-bin/qryAscCases.pl?{case_id}">Show Associated Cases</A></div><BR><I>Demand:</I>           \t</FONT></TD>
\t<TD VALIGN=top  WIDTH="40%"><FONT SIZE="+0">
<BR><I>Date Filed:</I>       {filed:%m/%d/%y}\t</FONT></TD>
</TR>
</TABLE>
<table cellpadding=0 cellspacing=0>
<tr><td width=12></td><td valign=top nowrap><I>Nature[s] of Suit:</I> &nbsp; </td>\
<td valign=top align=left width=7>{code}</td>\
<td>&nbsp;</td><td valign=top>{nature}</td></tr>
</table>
"""

_DATE = '<TR><td align="right" valign="top"><I>{label}</I></td>\
<td align="left" valign="top">&nbsp;&nbsp;{day:%m/%d/%Y}</td></TR>'

_ROW = """<TR><TD width="94" nowrap valign=bottom>{filed:%m/%d/%Y}</TD>\
<TD width=54 valign=bottom align=right style='border-right:0;padding-right:1px'>&nbsp;</TD>\
<TD width=30 valign=bottom align=left style='border-left:0;padding-left:1px'>{number}</TD>\
<TD valign=bottom>  {text}</TD></TR>
"""

_RECEIPT = """<CENTER><TABLE BORDER=1 BGCOLOR=white width="400"><TR><TH COLSPAN=4>\
<FONT SIZE=+1 COLOR=DARKRED>PACER Service Center </FONT></TH></TR>\
<TR><TH COLSPAN=4><FONT COLOR=DARKBLUE>Transaction Receipt </FONT></TH></TR><TR></TR><TR></TR>\
<TR><TD COLSPAN=4 ALIGN=CENTER><FONT SIZE=-1 COLOR=DARKBLUE>{fetched:%m/%d/%Y %H:%M:%S}</FONT></TD></TR>\
<TR><TH ALIGN=LEFT><FONT SIZE=-1 COLOR=DARKBLUE> PACER Login: </FONT></TH><TD ALIGN=LEFT>\
<FONT SIZE=-1 COLOR=DARKBLUE> zz0000 </FONT></TD>\
<TH ALIGN=LEFT><FONT SIZE=-1 COLOR=DARKBLUE> Client Code: </FONT></TH><TD ALIGN=LEFT>\
<FONT SIZE=-1 COLOR=DARKBLUE>  </FONT></TD></TR>\
<TR><TH ALIGN=LEFT><FONT SIZE=-1 COLOR=DARKBLUE> Description: </FONT></TH><TD ALIGN=LEFT>\
<FONT SIZE=-1 COLOR=DARKBLUE> Docket Report </FONT></TD>\
<TH ALIGN=LEFT><FONT SIZE=-1 COLOR=DARKBLUE> Search Criteria: </FONT></TH><TD ALIGN=LEFT>\
<FONT SIZE=-1 COLOR=DARKBLUE> {number} \
Fil or Ent: filed   Doc From: 0 Doc To: 99999999     Format: html </FONT></TD></TR>\
<TR><TH ALIGN=LEFT><FONT SIZE=-1 COLOR=DARKBLUE> Billable Pages: </FONT></TH><TD ALIGN=LEFT>\
<FONT SIZE=-1 COLOR=DARKBLUE> {pages} </FONT></TD>\
<TH ALIGN=LEFT><FONT SIZE=-1 COLOR=DARKBLUE> Cost: </FONT></TH><TD ALIGN=LEFT>\
<FONT SIZE=-1 COLOR=DARKBLUE> {cost:.2f} </FONT></TD></TR>\
<TR></TR><TR></TR></TABLE></CENTER>"""


def marked_up(text: str) -> str:
    """A text as CM/ECF puts it on a page: escaped, what the filer typed in italics."""
    escaped = html.escape(text, quote=True).replace("&#x27;", "&#039;")
    return re.sub(r"\*([^*]+)\*", r"<i>\1</i>", escaped)


def write_report(court: Court, case: Case, fetched: datetime) -> bytes:
    """The docket report as printed at `fetched`, all entries by filing date, oldest first."""
    shown = sorted((each for each in case.entries if each.at <= fetched), key=lambda each: (each.filed, each.at))
    flags = ", ".join(flag for flag, since in case.flags if since <= fetched.date())
    kind = "Adversary Proceeding" if case.case_type == "ap" else "Bankruptcy Petition"
    pages = 1 + len(shown) // 12
    page = _PAGE.format(
        district=court.district,
        seat=court.seat,
        flags=_FLAGS.format(flags=flags) if flags else "",
        title=f"{kind} #: {case.docket_number}",
        head=_head(case, fetched),
        parties="".join(_party(case, each) for each in case.parties),
        rows="".join(_row(court, case, each, fetched) for each in shown),
        receipt=_RECEIPT.format(fetched=fetched, number=case.docket_number, pages=pages, cost=pages * 0.10),
    )
    return page.encode("ascii", "xmlcharrefreplace")


def _head(case: Case, fetched: datetime) -> str:
    filed = case.entries[0].filed
    if case.lead_case is not None:
        lead, lead_id, lead_name, lead_chapter = case.lead_case
        code, nature = case.nature or ("", "")
        return _HEAD_AP.format(
            judge=marked_up(case.judge),
            case_id=case.case_id,
            filed=filed,
            lead=lead,
            lead_id=lead_id,
            lead_name=marked_up(lead_name).ljust(50),
            lead_chapter=lead_chapter,
            code=marked_up(code),
            nature=marked_up(nature),
        )
    dates = [("Date filed:", filed), *(each for each in case.dates if each[1] <= fetched.date() or each[0] == "341 meeting:")]
    return _HEAD_BK.format(
        judge=marked_up(case.judge),
        chapter=case.chapter,
        case_id=case.case_id,
        dates="".join(_DATE.format(label=label, day=day) for label, day in dates),
    )


def _party(case: Case, party: Party) -> str:
    above = {each.name for other in case.parties[: case.parties.index(party)] for each in other.counsel}
    lines = "".join(f"\n<BR>{marked_up(each)}" for each in party.lines)
    alias = "".join(f"<BR><I><B>aka</B></I><BR><B>{marked_up(each)}</B>" for each in party.alias)
    counsel = "".join(
        f"<B>{marked_up(each.name)}</B>"
        + (
            "\n<BR>(See above for address)"
            if each.name in above
            else "".join(
                f"\n\
<BR>{marked_up(line)}"
                for line in each.lines
            )
        )
        + "<BR><BR>"
        for each in party.counsel
    )
    kind = (
        f"<I><B>\n<BR><B>{party.type}<BR>-----------------------</B></B></I>"
        if case.case_type == "ap"
        else f"<I><B>{party.type}</B></I>"
    )
    told = f"{kind}<BR><B>{marked_up(party.name)}</B>{lines}{alias}<BR><BR>"
    left = f'\t<TD VALIGN=top WIDTH="50%"><FONT SIZE="+0">{told}\t</FONT></TD>\n'
    if not counsel:
        return (
            f'<TR>{left}\t<TD VALIGN=top WIDTH="20%" ALIGN=right><FONT SIZE="+0">&nbsp;\t</FONT></TD>\n'
            '<TD valign="top" WIDTH="40%" NOWRAP>\n  \t                    <font size="+0">&nbsp;</font></TD></TR>'
        )
    return (
        f'<TR>{left}\t<TD VALIGN=top ALIGN=right><FONT SIZE="+0">represented by\t</FONT></TD>\n'
        f'<TD valign="top" WIDTH="40%">\n  \t                    <font size="+0">{counsel}</font></TD>'
    )


def _row(court: Court, case: Case, entry: Entry, fetched: datetime) -> str:
    return _ROW.format(filed=entry.filed, number=_number(court, case, entry), text=_text(court, case, entry, fetched))


def _number(court: Court, case: Case, entry: Entry) -> str:
    if entry.number is None:
        return "&nbsp;"
    if entry.sealed:
        return str(entry.number)
    address = f"https://{court.host}/doc1/{court.document_id(case, entry)}"
    document = f"dm_id={case.case_id}{entry.sequence:04d}&doc_num={entry.number}"
    query = f"caseid={case.case_id}&de_seq_num={entry.sequence}&{document}&pdf_header=0"
    return f"<a href='{address}?{query}' onclick='this.style.color = document.vlinkColor'>{entry.number}</a>"


def _link(court: Court, case: Case, entry: Entry, shown: int, attachment: int) -> str:
    path = f"/doc1/{court.document_id(case, entry, attachment)}"
    return (
        f"<a href='https://{court.host}{path}' "
        f"onClick=\"goDLS('{path}','{case.case_id}','{entry.sequence}','','0','','','','','');return(false)\">{shown}</a>"
    )


def _text(court: Court, case: Case, entry: Entry, fetched: datetime) -> str:
    def related(found: re.Match[str]) -> str:
        return _link(court, case, case.entry(int(found[1])), int(found[1]), 0)

    attached = "".join(
        f"# {_link(court, case, entry, number, number)} {marked_up(what)}"
        for number, what in enumerate(entry.attachments, start=1)
    )
    text = LINK.sub(related, marked_up(entry.text_on(fetched)))
    listed = f" (Attachments: {attached})" if attached else ""
    return f"{text}{listed} ({marked_up(entry.by)}) (Entered: {entry.at:%m/%d/%Y})"
