<?xml version='1.0' encoding='utf-8'?>
<TS version="2.1" language="en_US">
<context>
    <name>AccountFlow</name>
    <message>
        <source>Your run waits. Sign in to %1 once more, then press Continue: it goes on where it was.</source>
        <translation>Your run waits. Sign in to %1 once more, then press Continue: it goes on where it was.</translation>
    </message>
    <message>
        <source>This run belongs to %1. Sign in to that account, then press Continue.</source>
        <translation>This run belongs to %1. Sign in to that account, then press Continue.</translation>
    </message>
</context>
<context>
    <name>Banner</name>
    <message>
        <source>PRACTICE</source>
        <translation>PRACTICE</translation>
    </message>
    <message>
        <source>SANDBOX</source>
        <translation>SANDBOX</translation>
    </message>
    <message>
        <source>PRODUCTION</source>
        <translation>PRODUCTION</translation>
    </message>
</context>
<context>
    <name>CheckPage</name>
    <message numerus="yes">
        <source>Run %1 removed %n of its %2 links.</source>
        <translation><numerusform>Run %1 removed %n of its %2 links.</numerusform><numerusform>Run %1 removed %n of its %2 links.</numerusform></translation>
    </message>
    <message>
        <source>Checked in %1 at %2:</source>
        <translation>Checked in %1 at %2:</translation>
    </message>
</context>
<context>
    <name>ConfirmPage</name>
    <message>
        <source>%1 is a list that your organisation made itself. Zoho does not document that its links can be removed and put back.</source>
        <translation>%1 is a list that your organisation made itself. Zoho does not document that its links can be removed and put back.</translation>
    </message>
    <message>
        <source>What run %1 left is tried again; that run can then not be continued.</source>
        <translation>What run %1 left is tried again; that run can then not be continued.</translation>
    </message>
    <message numerus="yes">
        <source>They are among the %n link(s) that run %1 removed.</source>
        <translation><numerusform>They are among the %n link that run %1 removed.</numerusform><numerusform>They are among the %n links that run %1 removed.</numerusform></translation>
    </message>
</context>
<context>
    <name>DropArea</name>
    <message>
        <source>Give one file at a time; nothing was opened.</source>
        <translation>Give one file at a time; nothing was opened.</translation>
    </message>
    <message>
        <source>That is not a file on this computer; give an Excel or CSV file.</source>
        <translation>That is not a file on this computer; give an Excel or CSV file.</translation>
    </message>
</context>
<context>
    <name>FamilyRows</name>
    <message>
        <source>What it left was tried again on %1</source>
        <translation>What it left was tried again on %1</translation>
    </message>
    <message numerus="yes">
        <source>%n link(s) of this run put back on %1</source>
        <translation><numerusform>%n link of this run put back on %1</numerusform><numerusform>%n links of this run put back on %1</numerusform></translation>
    </message>
</context>
<context>
    <name>FilterPanel</name>
    <message>
        <source>It has more than %1 different values. Type the one that is meant.</source>
        <translation>It has more than %1 different values. Type the one that is meant.</translation>
    </message>
</context>
<context>
    <name>HiddenQuestion</name>
    <message numerus="yes">
        <source>%1 of %2 row(s) are hidden in the workbook. Which rows are meant?</source>
        <translation><numerusform>%1 of %2 row is hidden in the workbook. Which rows are meant?</numerusform><numerusform>%1 of %2 rows are hidden in the workbook. Which rows are meant?</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>Only the %1 visible row(s)</source>
        <translation><numerusform>Only the %1 visible row</numerusform><numerusform>Only the %1 visible rows</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>All %1 row(s)</source>
        <translation><numerusform>All %1 row</numerusform><numerusform>All %1 rows</numerusform></translation>
    </message>
</context>
<context>
    <name>HistoryModel</name>
    <message>
        <source>%1, undone</source>
        <translation>%1, undone</translation>
    </message>
    <message>
        <source>%1, undone in part</source>
        <translation>%1, undone in part</translation>
    </message>
    <message>
        <source>Run %1 put back %2</source>
        <translation>Run %1 put back %2</translation>
    </message>
</context>
<context>
    <name>MarkNotice</name>
    <message>
        <source>Column “%1” looks like a mark (%2).</source>
        <translation>Column “%1” looks like a mark (%2).</translation>
    </message>
</context>
<context>
    <name>OwnListQuestion</name>
    <message>
        <source>%1 (%2) is a list that your organisation made itself. Zoho does not document that its links can be removed and put back. Use it only if you know this list, and try a few links first.</source>
        <translation>%1 (%2) is a list that your organisation made itself. Zoho does not document that its links can be removed and put back. Use it only if you know this list, and try a few links first.</translation>
    </message>
</context>
<context>
    <name>PlaceFlow</name>
    <message>
        <source>What stands on this page belongs to %1. The banner shows that account.</source>
        <translation>What stands on this page belongs to %1. The banner shows that account.</translation>
    </message>
    <message>
        <source>The banner shows the account of new clean-ups again: %1.</source>
        <translation>The banner shows the account of new clean-ups again: %1.</translation>
    </message>
</context>
<context>
    <name>ReadingForm</name>
    <message numerus="yes">
        <source>%2 (%1 link(s))</source>
        <translation><numerusform>%2 (%1 link)</numerusform><numerusform>%2 (%1 links)</numerusform></translation>
    </message>
</context>
<context>
    <name>RelationCard</name>
    <message>
        <source>Row %1, for example: remove %2 from %3.</source>
        <translation>Row %1, for example: remove %2 from %3.</translation>
    </message>
</context>
<context>
    <name>RemovePage</name>
    <message>
        <source>writing the results: %1 of %2 rows</source>
        <translation>writing the results: %1 of %2 rows</translation>
    </message>
</context>
<context>
    <name>ResultsFlow</name>
    <message>
        <source>The results workbook is no longer at %1; Save as… writes it again.</source>
        <translation>The results workbook is no longer at %1; Save as… writes it again.</translation>
    </message>
</context>
<context>
    <name>ResultsPage</name>
    <message>
        <source>Read again in Zoho at %1</source>
        <translation>Read again in Zoho at %1</translation>
    </message>
</context>
<context>
    <name>RowsCard</name>
    <message>
        <source>%1 hidden</source>
        <translation>%1 hidden</translation>
    </message>
    <message>
        <source>%1 left out</source>
        <translation>%1 left out</translation>
    </message>
</context>
<context>
    <name>RunWords</name>
    <message>
        <source>retry of run %1</source>
        <translation>retry of run %1</translation>
    </message>
    <message>
        <source>undo of run %1</source>
        <translation>undo of run %1</translation>
    </message>
    <message>
        <source>Puts back what the run of %1 removed</source>
        <translation>Puts back what the run of %1 removed</translation>
    </message>
    <message>
        <source>Tries again what the undo of %1 left</source>
        <translation>Tries again what the undo of %1 left</translation>
    </message>
    <message>
        <source>Tries again what the run of %1 left</source>
        <translation>Tries again what the run of %1 left</translation>
    </message>
    <message numerus="yes">
        <source>Type %2 to put back %n link(s) in %1</source>
        <translation><numerusform>Type %2 to put back %n link in %1</numerusform><numerusform>Type %2 to put back %n links in %1</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>Type %2 to remove %n link(s) in %1</source>
        <translation><numerusform>Type %2 to remove %n link in %1</numerusform><numerusform>Type %2 to remove %n links in %1</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>First %n link(s) are put back in %1. Then the run stops and shows them by name.</source>
        <translation><numerusform>First %n link are put back in %1. Then the run stops and shows them by name.</numerusform><numerusform>First %n links are put back in %1. Then the run stops and shows them by name.</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>First %n link(s) are removed in %1. Then the run stops and shows them by name.</source>
        <translation><numerusform>First %n link are removed in %1. Then the run stops and shows them by name.</numerusform><numerusform>First %n links are removed in %1. Then the run stops and shows them by name.</numerusform></translation>
    </message>
    <message>
        <source>Putting links back: %1 of %2 done.</source>
        <translation>Putting links back: %1 of %2 done.</translation>
    </message>
    <message>
        <source>Removing links: %1 of %2 done.</source>
        <translation>Removing links: %1 of %2 done.</translation>
    </message>
    <message numerus="yes">
        <source>Continuing reads in %1 what became of those %n, then puts the rest back there.</source>
        <translation><numerusform>Continuing reads in %1 what became of that one, then puts the rest back there.</numerusform><numerusform>Continuing reads in %1 what became of those %n, then puts the rest back there.</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>Continuing reads in %1 what became of those %n, then removes the rest there.</source>
        <translation><numerusform>Continuing reads in %1 what became of that one, then removes the rest there.</numerusform><numerusform>Continuing reads in %1 what became of those %n, then removes the rest there.</numerusform></translation>
    </message>
    <message>
        <source>Continuing puts the links that are left back in %1.</source>
        <translation>Continuing puts the links that are left back in %1.</translation>
    </message>
    <message>
        <source>Continuing removes the links that are left in %1.</source>
        <translation>Continuing removes the links that are left in %1.</translation>
    </message>
</context>
<context>
    <name>RunsModel</name>
    <message>
        <source>%1 undone</source>
        <translation>%1 undone</translation>
    </message>
    <message>
        <source>%1 of %2 undone</source>
        <translation>%1 of %2 undone</translation>
    </message>
</context>
<context>
    <name>SheetPage</name>
    <message>
        <source>Choose first which rows are meant: the %1 visible ones, or all %2.</source>
        <translation>Choose first which rows are meant: the %1 visible ones, or all %2.</translation>
    </message>
    <message>
        <source>Say first whether all %2 rows are meant.</source>
        <translation>Say first whether all %2 rows are meant.</translation>
    </message>
</context>
<context>
    <name>SheetWords</name>
    <message>
        <source>Column %1</source>
        <translation>Column %1</translation>
    </message>
    <message numerus="yes">
        <source>All %1 row(s).</source>
        <translation><numerusform>All %1 row.</numerusform><numerusform>All %1 rows.</numerusform></translation>
    </message>
    <message>
        <source>All %1 rows; %2 of them are hidden in the workbook.</source>
        <translation>All %1 rows; %2 of them are hidden in the workbook.</translation>
    </message>
    <message numerus="yes">
        <source>%1 visible row(s)</source>
        <translation><numerusform>%1 visible row</numerusform><numerusform>%1 visible rows</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%1 hidden one(s) hold no link and are not read.</source>
        <translation><numerusform>%1 hidden one holds no link and is not read.</numerusform><numerusform>%1 hidden ones hold no link and are not read.</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%1 hidden one(s) are left out.</source>
        <translation><numerusform>%1 hidden one is left out.</numerusform><numerusform>%1 hidden ones are left out.</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%1 of %2 row(s)</source>
        <translation><numerusform>%1 of %2 row</numerusform><numerusform>%1 of %2 rows</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%1 hidden row(s) are left out, as you chose.</source>
        <translation><numerusform>%1 hidden row is left out, as you chose.</numerusform><numerusform>%1 hidden rows are left out, as you chose.</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%1 hidden row(s) hold no link and are left out.</source>
        <translation><numerusform>%1 hidden row holds no link and is left out.</numerusform><numerusform>%1 hidden rows hold no link and are left out.</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%1 row(s) are left out by your filter: only rows where %2.</source>
        <translation><numerusform>%1 row is left out by your filter: only rows where %2.</numerusform><numerusform>%1 rows are left out by your filter: only rows where %2.</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%1 hidden row(s) are read like all others, as you chose.</source>
        <translation><numerusform>%1 hidden row is read like all others, as you chose.</numerusform><numerusform>%1 hidden rows are read like all others, as you chose.</numerusform></translation>
    </message>
    <message>
        <source>%1 and none of %2 others</source>
        <translation>%1 and none of %2 others</translation>
    </message>
    <message>
        <source>%1 or one of %2 others</source>
        <translation>%1 or one of %2 others</translation>
    </message>
</context>
<context>
    <name>WelcomePage</name>
    <message numerus="yes">
        <source>Of %1 removed links %n were put back since.</source>
        <translation><numerusform>Of %1 removed links one was put back since.</numerusform><numerusform>Of %1 removed links %n were put back since.</numerusform></translation>
    </message>
    <message>
        <source>Delink %1 is available. Your IT department may want to install it for you.</source>
        <translation>Delink %1 is available. Your IT department may want to install it for you.</translation>
    </message>
</context>
<context>
    <name>WorksheetNotice</name>
    <message>
        <source>Worksheet “%1” is read; it was in front when the file was saved.</source>
        <translation>Worksheet “%1” is read; it was in front when the file was saved.</translation>
    </message>
    <message>
        <source>Worksheet “%1” is read.</source>
        <translation>Worksheet “%1” is read.</translation>
    </message>
    <message numerus="yes">
        <source>“%2” holds %1 link(s) too.</source>
        <translation><numerusform>“%2” holds %1 link too.</numerusform><numerusform>“%2” holds %1 links too.</numerusform></translation>
    </message>
    <message>
        <source>%2 and %1 more hold record IDs too.</source>
        <translation>%2 and %1 more hold record IDs too.</translation>
    </message>
    <message numerus="yes">
        <source>%1 link(s)</source>
        <translation><numerusform>%1 link</numerusform><numerusform>%1 links</numerusform></translation>
    </message>
    <message>
        <source>Read “%1” instead</source>
        <translation>Read “%1” instead</translation>
    </message>
</context>
</TS>