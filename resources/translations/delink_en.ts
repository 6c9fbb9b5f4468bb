<?xml version='1.0' encoding='utf-8'?>
<TS version="2.1" language="en_US">
<context>
    <name>AccountFlow</name>
    <message>
        <source>Signing in to the practice CRM…</source>
        <translation>Signing in to the practice CRM…</translation>
    </message>
    <message>
        <source>Your run waits. Sign in to %1 once more, then press Continue: it goes on where it was.</source>
        <translation>Your run waits. Sign in to %1 once more, then press Continue: it goes on where it was.</translation>
    </message>
    <message>
        <source>This run belongs to %1. Sign in to that account, then press Continue.</source>
        <translation>This run belongs to %1. Sign in to that account, then press Continue.</translation>
    </message>
    <message>
        <source>Asking Zoho who you are…</source>
        <translation>Asking Zoho who you are…</translation>
    </message>
    <message>
        <source>Asking Zoho's other environments and data centres…</source>
        <translation>Asking Zoho's other environments and data centres…</translation>
    </message>
    <message>
        <source>No data centre knows this token</source>
        <translation>No data centre knows this token</translation>
    </message>
    <message>
        <source>It has expired, was revoked, or was not copied whole.</source>
        <translation>It has expired, was revoked, or was not copied whole.</translation>
    </message>
    <message>
        <source>Get another one, or sign in with the browser; nothing was stored.</source>
        <translation>Get another one, or sign in with the browser; nothing was stored.</translation>
    </message>
    <message>
        <source>Signed out here, not confirmed by Zoho</source>
        <translation>Signed out here, not confirmed by Zoho</translation>
    </message>
    <message>
        <source>The key of %1 was forgotten on this computer, but Zoho did not confirm that it ended.</source>
        <translation>The key of %1 was forgotten on this computer, but Zoho did not confirm that it ended.</translation>
    </message>
    <message>
        <source>Remove Delink in Zoho under Settings, Connected apps, if the key could be in other hands.</source>
        <translation>Remove Delink in Zoho under Settings, Connected apps, if the key could be in other hands.</translation>
    </message>
</context>
<context>
    <name>Banner</name>
    <message>
        <source>Runs</source>
        <translation>Runs</translation>
    </message>
    <message>
        <source>Leave practice</source>
        <translation>Leave practice</translation>
    </message>
    <message>
        <source>Not connected</source>
        <translation>Not connected</translation>
    </message>
    <message>
        <source>Change account</source>
        <translation>Change account</translation>
    </message>
    <message>
        <source>Connect</source>
        <translation>Connect</translation>
    </message>
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
    <name>CheckFlow</name>
    <message>
        <source>Save what was found</source>
        <translation>Save what was found</translation>
    </message>
    <message numerus="yes">
        <source>%n row(s) saved as %1.</source>
        <translation><numerusform>%n row saved as %1.</numerusform><numerusform>%n rows saved as %1.</numerusform></translation>
    </message>
</context>
<context>
    <name>CheckPage</name>
    <message>
        <source>Check</source>
        <translation>Check</translation>
    </message>
    <message>
        <source>This is what will be removed. Untick what shall stay; nothing is sent yet.</source>
        <translation>This is what will be removed. Untick what shall stay; nothing is sent yet.</translation>
    </message>
    <message>
        <source>Links to remove, by parent record</source>
        <translation>Links to remove, by parent record</translation>
    </message>
    <message numerus="yes">
        <source>Run %1 removed %n of its %2 links.</source>
        <translation><numerusform>Run %1 removed %n of its %2 links.</numerusform><numerusform>Run %1 removed %n of its %2 links.</numerusform></translation>
    </message>
    <message>
        <source>What is ticked is put back; untick what shall stay as it is.</source>
        <translation>What is ticked is put back; untick what shall stay as it is.</translation>
    </message>
    <message numerus="yes">
        <source>%n call(s)</source>
        <translation><numerusform>%n call</numerusform><numerusform>%n calls</numerusform></translation>
    </message>
    <message>
        <source>Asking Zoho…</source>
        <translation>Asking Zoho…</translation>
    </message>
    <message>
        <source>Asking Zoho: %1 of at most %2 reads</source>
        <translation>Asking Zoho: %1 of at most %2 reads</translation>
    </message>
    <message>
        <source>Checked: %1.</source>
        <translation>Checked: %1.</translation>
    </message>
    <message numerus="yes">
        <source>Continue with %n link(s)</source>
        <translation><numerusform>Continue with %n link</numerusform><numerusform>Continue with %n links</numerusform></translation>
    </message>
    <message>
        <source>will be removed</source>
        <translation>will be removed</translation>
    </message>
    <message>
        <source>already not linked</source>
        <translation>already not linked</translation>
    </message>
    <message>
        <source>not found</source>
        <translation>not found</translation>
    </message>
    <message>
        <source>held back</source>
        <translation>held back</translation>
    </message>
    <message>
        <source>Save what was found…</source>
        <translation>Save what was found…</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Search</translation>
    </message>
    <message>
        <source>Search an ID or a name</source>
        <translation>Search an ID or a name</translation>
    </message>
    <message>
        <source>Select all</source>
        <translation>Select all</translation>
    </message>
    <message>
        <source>Select none</source>
        <translation>Select none</translation>
    </message>
    <message>
        <source>Check with Zoho (changes nothing)</source>
        <translation>Check with Zoho (changes nothing)</translation>
    </message>
    <message>
        <source>Asking Zoho</source>
        <translation>Asking Zoho</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancel</translation>
    </message>
    <message>
        <source>Not known before Zoho was asked</source>
        <translation>Not known before Zoho was asked</translation>
    </message>
    <message>
        <source>Checked in %1 at %2:</source>
        <translation>Checked in %1 at %2:</translation>
    </message>
    <message numerus="yes">
        <source>%n are linked</source>
        <translation><numerusform>%n is linked</numerusform><numerusform>%n are linked</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n are not.</source>
        <translation><numerusform>%n is not.</numerusform><numerusform>%n are not.</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n could not be read.</source>
        <translation><numerusform>%n could not be read.</numerusform><numerusform>%n could not be read.</numerusform></translation>
    </message>
    <message>
        <source>Untick what shall stay; nothing is sent yet.</source>
        <translation>Untick what shall stay; nothing is sent yet.</translation>
    </message>
    <message numerus="yes">
        <source>%n of them are left out: an undo put them back before.</source>
        <translation><numerusform>%n of them are left out: an undo put them back before.</numerusform><numerusform>%n of them are left out: an undo put them back before.</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n could not be confirmed and are not touched.</source>
        <translation><numerusform>%n could not be confirmed and is not touched.</numerusform><numerusform>%n could not be confirmed and are not touched.</numerusform></translation>
    </message>
    <message>
        <source> instead of %1</source>
        <translation> instead of %1</translation>
    </message>
    <message numerus="yes">
        <source>%n link(s)</source>
        <translation><numerusform>%n link</numerusform><numerusform>%n links</numerusform></translation>
    </message>
    <message>
        <source>about %1</source>
        <translation>about %1</translation>
    </message>
    <message numerus="yes">
        <source>about %n credit(s), with the reads before</source>
        <translation><numerusform>about %n credit, with the reads before</numerusform><numerusform>about %n credits, with the reads before</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>about %n credit(s), with the safety copy</source>
        <translation><numerusform>about %n credit, with the safety copy</numerusform><numerusform>about %n credits, with the safety copy</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>undo would take %n call(s)</source>
        <translation><numerusform>undo would take %n call</numerusform><numerusform>undo would take %n calls</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>checking with Zoho takes at most %n read(s)</source>
        <translation><numerusform>checking with Zoho takes at most %n read</numerusform><numerusform>checking with Zoho takes at most %n reads</numerusform></translation>
    </message>
    <message>
        <source>Check again</source>
        <translation>Check again</translation>
    </message>
</context>
<context>
    <name>ConfirmPage</name>
    <message>
        <source>Confirm</source>
        <translation>Confirm</translation>
    </message>
    <message>
        <source>This will happen</source>
        <translation>This will happen</translation>
    </message>
    <message>
        <source>This will not happen</source>
        <translation>This will not happen</translation>
    </message>
    <message numerus="yes">
        <source>Try first with %n link(s), then pause</source>
        <translation><numerusform>Try first with %n link, then pause</numerusform><numerusform>Try first with %n links, then pause</numerusform></translation>
    </message>
    <message>
        <source>Number of links</source>
        <translation>Number of links</translation>
    </message>
    <message numerus="yes">
        <source>It takes %n call(s) to Zoho.</source>
        <translation><numerusform>It takes %n call to Zoho.</numerusform><numerusform>It takes %n calls to Zoho.</numerusform></translation>
    </message>
    <message>
        <source>Each outcome is written to this computer before you see it, so nothing is lost if the program ends.</source>
        <translation>Each outcome is written to this computer before you see it, so nothing is lost if the program ends.</translation>
    </message>
    <message numerus="yes">
        <source>%n link(s) of this sheet stood in your run of %1 too</source>
        <translation><numerusform>%n link of this sheet stood in your run of %1 too</numerusform><numerusform>%n links of this sheet stood in your run of %1 too</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>which removed %n link(s).</source>
        <translation><numerusform>which removed %n link.</numerusform><numerusform>which removed %n links.</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>An undo has put %n link(s) of it back since.</source>
        <translation><numerusform>An undo has put %n link of it back since.</numerusform><numerusform>An undo has put %n links of it back since.</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n link(s) between %1 and %2 are removed in %3.</source>
        <translation><numerusform>%n link between %1 and %2 is removed in %3.</numerusform><numerusform>%n links between %1 and %2 are removed in %3.</numerusform></translation>
    </message>
    <message>
        <source>%1 is a list that your organisation made itself. Zoho does not document that its links can be removed and put back.</source>
        <translation>%1 is a list that your organisation made itself. Zoho does not document that its links can be removed and put back.</translation>
    </message>
    <message>
        <source>What run %1 left is tried again; that run can then not be continued.</source>
        <translation>What run %1 left is tried again; that run can then not be continued.</translation>
    </message>
    <message>
        <source>No %1 and no %2 is deleted: only the link between them goes.</source>
        <translation>No %1 and no %2 is deleted: only the link between them goes.</translation>
    </message>
    <message>
        <source>Rows that are damaged, suspicious or rejected are not sent.</source>
        <translation>Rows that are damaged, suspicious or rejected are not sent.</translation>
    </message>
    <message numerus="yes">
        <source>%n link(s) between %1 and %2 are put back in %3, each with its own fields as they were.</source>
        <translation><numerusform>%n link between %1 and %2 is put back in %3, with its own fields as they were.</numerusform><numerusform>%n links between %1 and %2 are put back in %3, each with its own fields as they were.</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>They are among the %n link(s) that run %1 removed.</source>
        <translation><numerusform>They are among the %n link that run %1 removed.</numerusform><numerusform>They are among the %n links that run %1 removed.</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>It takes %n call(s) to Zoho, and before them at most as many reads.</source>
        <translation><numerusform>It takes %n call to Zoho, and before them at most as many reads.</numerusform><numerusform>It takes %n calls to Zoho, and before them at most as many reads.</numerusform></translation>
    </message>
    <message>
        <source>A link that somebody has linked again since is left as it is, and reported.</source>
        <translation>A link that somebody has linked again since is left as it is, and reported.</translation>
    </message>
    <message>
        <source>Links that the run did not remove, or that you did not tick, are not touched.</source>
        <translation>Links that the run did not remove, or that you did not tick, are not touched.</translation>
    </message>
    <message>
        <source>What does not come back: the dates of the links, what workflows did when they were removed, and links of records that were deleted since.</source>
        <translation>What does not come back: the dates of the links, what workflows did when they were removed, and links of records that were deleted since.</translation>
    </message>
    <message numerus="yes">
        <source>Read the links first, with at most %n read(s)</source>
        <translation><numerusform>Read the links first, with at most %n read</numerusform><numerusform>Read the links first, with at most %n reads</numerusform></translation>
    </message>
    <message>
        <source>What became of its unconfirmed links is read first.</source>
        <translation>What became of its unconfirmed links is read first.</translation>
    </message>
    <message>
        <source>What is already removed ends as “Was not linked”.</source>
        <translation>What is already removed ends as “Was not linked”.</translation>
    </message>
    <message numerus="yes">
        <source>Only when you continue on the next page are the others sent, %n link(s). In all:</source>
        <translation><numerusform>Only when you continue on the next page are the others sent, %n link. In all:</numerusform><numerusform>Only when you continue on the next page are the others sent, %n links. In all:</numerusform></translation>
    </message>
    <message>
        <source>Safety copy</source>
        <translation>Safety copy</translation>
    </message>
    <message>
        <source>Each link is noted on this computer with its own fields, such as a member status or a list price, just before it is removed. With that copy the links can be put back, and an answer that was lost can be told.</source>
        <translation>Each link is noted on this computer with its own fields, such as a member status or a list price, just before it is removed. With that copy the links can be put back, and an answer that was lost can be told.</translation>
    </message>
    <message>
        <source>Without a copy this run cannot be undone, and what became of a link whose answer is lost may stay open.</source>
        <translation>Without a copy this run cannot be undone, and what became of a link whose answer is lost may stay open.</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>Ready</translation>
    </message>
    <message>
        <source>That is another number</source>
        <translation>That is another number</translation>
    </message>
</context>
<context>
    <name>ConnectPage</name>
    <message>
        <source>Connect to Zoho CRM</source>
        <translation>Connect to Zoho CRM</translation>
    </message>
    <message>
        <source>Needed once, before links can be removed. Your sheet stays open meanwhile.</source>
        <translation>Needed once, before links can be removed. Your sheet stays open meanwhile.</translation>
    </message>
    <message>
        <source>The key is kept in %1.</source>
        <translation>The key is kept in %1.</translation>
    </message>
    <message>
        <source>this computer's keyring</source>
        <translation>this computer's keyring</translation>
    </message>
    <message>
        <source>The key is kept only until you close this window: %1.</source>
        <translation>The key is kept only until you close this window: %1.</translation>
    </message>
    <message>
        <source>no safe keyring could be used (%1)</source>
        <translation>no safe keyring could be used (%1)</translation>
    </message>
    <message>
        <source>it is not stored</source>
        <translation>it is not stored</translation>
    </message>
    <message>
        <source>Open this page on any device and type the code. Delink looks every 30 seconds.</source>
        <translation>Open this page on any device and type the code. Delink looks every 30 seconds.</translation>
    </message>
    <message>
        <source>Sign in on the page that opens in your browser, then come back here. It waits five minutes.</source>
        <translation>Sign in on the page that opens in your browser, then come back here. It waits five minutes.</translation>
    </message>
    <message>
        <source>Back to the sign-in</source>
        <translation>Back to the sign-in</translation>
    </message>
    <message>
        <source>Look for its data centre</source>
        <translation>Look for its data centre</translation>
    </message>
    <message>
        <source>Try another one</source>
        <translation>Try another one</translation>
    </message>
    <message>
        <source>“Look for its data centre” shows the token to Zoho's other environments and data centres, all of them Zoho's own (without China's, which somebody else runs), to see whether one of them knows it.</source>
        <translation>“Look for its data centre” shows the token to Zoho's other environments and data centres, all of them Zoho's own (without China's, which somebody else runs), to see whether one of them knows it.</translation>
    </message>
    <message>
        <source>It has expired, was revoked, was not copied whole, or belongs to another data centre; nothing was stored.</source>
        <translation>It has expired, was revoked, was not copied whole, or belongs to another data centre; nothing was stored.</translation>
    </message>
    <message>
        <source>Zoho does not accept this token</source>
        <translation>Zoho does not accept this token</translation>
    </message>
    <message>
        <source>Copy a message to your administrator</source>
        <translation>Copy a message to your administrator</translation>
    </message>
    <message>
        <source>Sign out and forget the key</source>
        <translation>Sign out and forget the key</translation>
    </message>
    <message>
        <source>The key may read both ends of these links, and Zoho gave it the right to remove them. Whether the user's profile allows it shows with the first one.</source>
        <translation>The key may read both ends of these links, and Zoho gave it the right to remove them. Whether the user's profile allows it shows with the first one.</translation>
    </message>
    <message>
        <source>The key may read both ends of these links. Whether it may remove them shows with the first one.</source>
        <translation>The key may read both ends of these links. Whether it may remove them shows with the first one.</translation>
    </message>
    <message>
        <source>Account</source>
        <translation>Account</translation>
    </message>
    <message>
        <source>What to click in Zoho</source>
        <translation>What to click in Zoho</translation>
    </message>
    <message>
        <source>Secrets go to your computer's keyring and to Zoho, nowhere else.</source>
        <translation>Secrets go to your computer's keyring and to Zoho, nowhere else.</translation>
    </message>
    <message>
        <source>Connected</source>
        <translation>Connected</translation>
    </message>
    <message>
        <source>The account's name may not be read with this token.</source>
        <translation>The account's name may not be read with this token.</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>Continue</translation>
    </message>
    <message>
        <source>Connect</source>
        <translation>Connect</translation>
    </message>
</context>
<context>
    <name>ConsoleSteps</name>
    <message>
        <source>Scopes for</source>
        <translation>Scopes for</translation>
    </message>
    <message>
        <source>All kinds of links</source>
        <translation>All kinds of links</translation>
    </message>
    <message>
        <source>Scopes</source>
        <translation>Scopes</translation>
    </message>
    <message>
        <source>Open Zoho's API console (the button below) and sign in to Zoho there.</source>
        <translation>Open Zoho's API console (the button below) and sign in to Zoho there.</translation>
    </message>
    <message>
        <source>Copy the client ID and the client secret from the client's page into the fields at the left.</source>
        <translation>Copy the client ID and the client secret from the client's page into the fields at the left.</translation>
    </message>
    <message>
        <source>There paste the scopes below, choose 3 minutes, write any description, press Create, and choose your organisation.</source>
        <translation>There paste the scopes below, choose 3 minutes, write any description, press Create, and choose your organisation.</translation>
    </message>
    <message>
        <source>Get started, then “Server-based Applications”: a name, any homepage, and the three return addresses.</source>
        <translation>Get started, then “Server-based Applications”: a name, any homepage, and the three return addresses.</translation>
    </message>
    <message>
        <source>Connect: your browser opens Zoho's page. Choose the organisation, then Accept.</source>
        <translation>Connect: your browser opens Zoho's page. Choose the organisation, then Accept.</translation>
    </message>
    <message>
        <source>Get started, then “Non-browser Applications”: give it a name and create it.</source>
        <translation>Get started, then “Non-browser Applications”: give it a name and create it.</translation>
    </message>
    <message>
        <source>Connect: Delink shows an address and a code. Type the code there, on any device, then Accept.</source>
        <translation>Connect: Delink shows an address and a code. Type the code there, on any device, then Accept.</translation>
    </message>
    <message>
        <source>Get started, then “Self Client”: create it, and open its tab “Generate Code”.</source>
        <translation>Get started, then “Self Client”: create it, and open its tab “Generate Code”.</translation>
    </message>
    <message>
        <source>Copy the client ID and secret from its tab “Client Secret”, and the code, into the fields. Connect at once.</source>
        <translation>Copy the client ID and secret from its tab “Client Secret”, and the code, into the fields. Connect at once.</translation>
    </message>
    <message>
        <source>Ask whoever looks after Zoho for an access token with the scopes below.</source>
        <translation>Ask whoever looks after Zoho for an access token with the scopes below.</translation>
    </message>
    <message>
        <source>Paste it at the left. It works for about an hour; then you are asked for another one.</source>
        <translation>Paste it at the left. It works for about an hour; then you are asked for another one.</translation>
    </message>
    <message>
        <source>The links of this sheet</source>
        <translation>The links of this sheet</translation>
    </message>
    <message>
        <source>Open the API console</source>
        <translation>Open the API console</translation>
    </message>
    <message>
        <source>Copy the return addresses</source>
        <translation>Copy the return addresses</translation>
    </message>
    <message>
        <source>Copy the scopes</source>
        <translation>Copy the scopes</translation>
    </message>
</context>
<context>
    <name>DamageNotice</name>
    <message>
        <source>Why, and the way out</source>
        <translation>Why, and the way out</translation>
    </message>
    <message>
        <source>A record ID has up to 19 digits, and Excel keeps only 15 of a number: 3652397000000925128 becomes 3652397000000920000. The last digits are gone and cannot be found again, and the rounded number may belong to another record. Other programs keep 16 or 17 digits: such an ID still looks whole, and only many of them in one column show that it may have been rounded. Export the records from Zoho once more (their IDs then start with zcrm_, which Excel leaves alone) and open that file here, not by double-click in Excel.</source>
        <translation>A record ID has up to 19 digits, and Excel keeps only 15 of a number: 3652397000000925128 becomes 3652397000000920000. The last digits are gone and cannot be found again, and the rounded number may belong to another record. Other programs keep 16 or 17 digits: such an ID still looks whole, and only many of them in one column show that it may have been rounded. Export the records from Zoho once more (their IDs then start with zcrm_, which Excel leaves alone) and open that file here, not by double-click in Excel.</translation>
    </message>
    <message numerus="yes">
        <source>%n ID(s) may have been rounded by a program, or may be of another kind than the others.</source>
        <translation><numerusform>%n ID may have been rounded by a program, or may be of another kind than the others.</numerusform><numerusform>%n IDs may have been rounded by a program, or may be of another kind than the others.</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>Excel has rounded %n ID(s). They are never sent.</source>
        <translation><numerusform>Excel has rounded %n ID. They are never sent.</numerusform><numerusform>Excel has rounded %n IDs. They are never sent.</numerusform></translation>
    </message>
</context>
<context>
    <name>DropArea</name>
    <message>
        <source>Drop an Excel or CSV file here</source>
        <translation>Drop an Excel or CSV file here</translation>
    </message>
    <message>
        <source>It needs two columns of record IDs. Nothing is sent before you confirm it.</source>
        <translation>It needs two columns of record IDs. Nothing is sent before you confirm it.</translation>
    </message>
    <message>
        <source>Choose a file…</source>
        <translation>Choose a file…</translation>
    </message>
    <message>
        <source>Paste</source>
        <translation>Paste</translation>
    </message>
    <message>
        <source>Use the sample</source>
        <translation>Use the sample</translation>
    </message>
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
        <source>Show that run</source>
        <translation>Show that run</translation>
    </message>
    <message>
        <source>What it left was tried again on %1</source>
        <translation>What it left was tried again on %1</translation>
    </message>
    <message>
        <source>Show the retry</source>
        <translation>Show the retry</translation>
    </message>
    <message numerus="yes">
        <source>%n link(s) of this run put back on %1</source>
        <translation><numerusform>%n link of this run put back on %1</numerusform><numerusform>%n links of this run put back on %1</numerusform></translation>
    </message>
    <message>
        <source>Show the undo</source>
        <translation>Show the undo</translation>
    </message>
</context>
<context>
    <name>FilterPanel</name>
    <message>
        <source>Only rows where</source>
        <translation>Only rows where</translation>
    </message>
    <message>
        <source>Column</source>
        <translation>Column</translation>
    </message>
    <message>
        <source>Choose a column</source>
        <translation>Choose a column</translation>
    </message>
    <message>
        <source>Condition</source>
        <translation>Condition</translation>
    </message>
    <message>
        <source>is one of</source>
        <translation>is one of</translation>
    </message>
    <message>
        <source>is not one of</source>
        <translation>is not one of</translation>
    </message>
    <message>
        <source>is empty</source>
        <translation>is empty</translation>
    </message>
    <message>
        <source>is not empty</source>
        <translation>is not empty</translation>
    </message>
    <message>
        <source>Working</source>
        <translation>Working</translation>
    </message>
    <message>
        <source>Search the values</source>
        <translation>Search the values</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>Value</translation>
    </message>
    <message>
        <source>Apply</source>
        <translation>Apply</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancel</translation>
    </message>
    <message>
        <source>Values</source>
        <translation>Values</translation>
    </message>
    <message>
        <source>Counting its values…</source>
        <translation>Counting its values…</translation>
    </message>
    <message>
        <source>It has more than %1 different values. Type the one that is meant.</source>
        <translation>It has more than %1 different values. Type the one that is meant.</translation>
    </message>
</context>
<context>
    <name>FilterValuesModel</name>
    <message>
        <source>(empty)</source>
        <translation>(empty)</translation>
    </message>
</context>
<context>
    <name>FirstLinksModel</name>
    <message>
        <source>Parent</source>
        <translation>Parent</translation>
    </message>
    <message>
        <source>Related</source>
        <translation>Related</translation>
    </message>
    <message>
        <source>Row</source>
        <translation>Row</translation>
    </message>
    <message>
        <source>Outcome</source>
        <translation>Outcome</translation>
    </message>
</context>
<context>
    <name>FirstRowsModel</name>
    <message>
        <source>Row</source>
        <translation>Row</translation>
    </message>
</context>
<context>
    <name>FollowUpFlow</name>
    <message>
        <source>Reading in Zoho what became of the last calls…</source>
        <translation>Reading in Zoho what became of the last calls…</translation>
    </message>
</context>
<context>
    <name>Footer</name>
    <message>
        <source>Back</source>
        <translation>Back</translation>
    </message>
</context>
<context>
    <name>GuideWindow</name>
    <message>
        <source>Delink: the guide</source>
        <translation>Delink: the guide</translation>
    </message>
</context>
<context>
    <name>HiddenQuestion</name>
    <message numerus="yes">
        <source>%1 of %2 row(s) are hidden in the workbook. Which rows are meant?</source>
        <translation><numerusform>%1 of %2 row is hidden in the workbook. Which rows are meant?</numerusform><numerusform>%1 of %2 rows are hidden in the workbook. Which rows are meant?</numerusform></translation>
    </message>
    <message>
        <source>Whether rows are hidden cannot be found out in this workbook. Are all of its rows meant?</source>
        <translation>Whether rows are hidden cannot be found out in this workbook. Are all of its rows meant?</translation>
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
        <source>Done</source>
        <translation>Done</translation>
    </message>
    <message>
        <source>Nothing to do</source>
        <translation>Nothing to do</translation>
    </message>
    <message>
        <source>Sheet</source>
        <translation>Sheet</translation>
    </message>
    <message>
        <source>Started</source>
        <translation>Started</translation>
    </message>
    <message>
        <source>Account</source>
        <translation>Account</translation>
    </message>
    <message>
        <source>State</source>
        <translation>State</translation>
    </message>
    <message>
        <source>Links</source>
        <translation>Links</translation>
    </message>
    <message>
        <source>What</source>
        <translation>What</translation>
    </message>
    <message>
        <source>Kept</source>
        <translation>Kept</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>Run</translation>
    </message>
    <message>
        <source>Pinned</source>
        <translation>Pinned</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 of %2</translation>
    </message>
    <message>
        <source>Undone</source>
        <translation>Undone</translation>
    </message>
    <message>
        <source>Undone in part</source>
        <translation>Undone in part</translation>
    </message>
    <message>
        <source>%1, undone</source>
        <translation>%1, undone</translation>
    </message>
    <message>
        <source>%1, undone in part</source>
        <translation>%1, undone in part</translation>
    </message>
    <message>
        <source>Run %1</source>
        <translation>Run %1</translation>
    </message>
    <message>
        <source>Tried again by run %1</source>
        <translation>Tried again by run %1</translation>
    </message>
    <message>
        <source>Run %1 put back %2</source>
        <translation>Run %1 put back %2</translation>
    </message>
    <message>
        <source>Working</source>
        <translation>Working</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>Paused</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>Stopped</translation>
    </message>
    <message>
        <source>Interrupted</source>
        <translation>Interrupted</translation>
    </message>
    <message>
        <source>Finished</source>
        <translation>Finished</translation>
    </message>
</context>
<context>
    <name>HistoryPage</name>
    <message>
        <source>History</source>
        <translation>History</translation>
    </message>
    <message>
        <source>Every run on this computer. The list stays here: nothing of it is sent anywhere.</source>
        <translation>Every run on this computer. The list stays here: nothing of it is sent anywhere.</translation>
    </message>
    <message>
        <source>Runs on this computer</source>
        <translation>Runs on this computer</translation>
    </message>
    <message>
        <source>Open run</source>
        <translation>Open run</translation>
    </message>
    <message>
        <source>Show run</source>
        <translation>Show run</translation>
    </message>
    <message>
        <source>Open results</source>
        <translation>Open results</translation>
    </message>
    <message>
        <source>Continue this run</source>
        <translation>Continue this run</translation>
    </message>
    <message>
        <source>Open folder</source>
        <translation>Open folder</translation>
    </message>
    <message>
        <source>Pin</source>
        <translation>Pin</translation>
    </message>
    <message>
        <source>Remove from list…</source>
        <translation>Remove from list…</translation>
    </message>
    <message>
        <source>Keep finished runs for</source>
        <translation>Keep finished runs for</translation>
    </message>
    <message>
        <source>ever</source>
        <translation>ever</translation>
    </message>
    <message numerus="yes">
        <source>%n day(s)</source>
        <translation><numerusform>%n day</numerusform><numerusform>%n days</numerusform></translation>
    </message>
    <message>
        <source>Pinned runs stay, and so does every run that is unfinished or has links that are not confirmed.</source>
        <translation>Pinned runs stay, and so does every run that is unfinished or has links that are not confirmed.</translation>
    </message>
    <message>
        <source>Copy report</source>
        <translation>Copy report</translation>
    </message>
    <message>
        <source>Save support file…</source>
        <translation>Save support file…</translation>
    </message>
    <message>
        <source>For people who help you: no record, no name and no key is in it.</source>
        <translation>For people who help you: no record, no name and no key is in it.</translation>
    </message>
    <message>
        <source>Keep it</source>
        <translation>Keep it</translation>
    </message>
    <message>
        <source>Remove from list</source>
        <translation>Remove from list</translation>
    </message>
    <message>
        <source>No run yet. Once links were removed, the run stands here.</source>
        <translation>No run yet. Once links were removed, the run stands here.</translation>
    </message>
    <message>
        <source>Unpin</source>
        <translation>Unpin</translation>
    </message>
    <message>
        <source>It is not finished: without its record nobody can tell what became of its last calls.</source>
        <translation>It is not finished: without its record nobody can tell what became of its last calls.</translation>
    </message>
    <message>
        <source>Its outcomes go from this computer and it can no longer be continued or undone.</source>
        <translation>Its outcomes go from this computer and it can no longer be continued or undone.</translation>
    </message>
    <message>
        <source>Remove the run %1 from this computer?</source>
        <translation>Remove the run %1 from this computer?</translation>
    </message>
    <message>
        <source>A results workbook that was written stays where it is.</source>
        <translation>A results workbook that was written stays where it is.</translation>
    </message>
</context>
<context>
    <name>IdsCard</name>
    <message>
        <source>IDs</source>
        <translation>IDs</translation>
    </message>
    <message>
        <source>Include the suspicious ones</source>
        <translation>Include the suspicious ones</translation>
    </message>
    <message>
        <source>An empty parent means the one above</source>
        <translation>An empty parent means the one above</translation>
    </message>
    <message>
        <source>Save the problem rows…</source>
        <translation>Save the problem rows…</translation>
    </message>
    <message numerus="yes">
        <source>%n entries</source>
        <translation><numerusform>%n entry</numerusform><numerusform>%n entries</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n fine</source>
        <translation><numerusform>%n fine</numerusform><numerusform>%n fine</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n cleaned</source>
        <translation><numerusform>%n cleaned</numerusform><numerusform>%n cleaned</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n suspicious</source>
        <translation><numerusform>%n suspicious</numerusform><numerusform>%n suspicious</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n damaged by Excel</source>
        <translation><numerusform>%n damaged by Excel</numerusform><numerusform>%n damaged by Excel</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n rejected</source>
        <translation><numerusform>%n rejected</numerusform><numerusform>%n rejected</numerusform></translation>
    </message>
    <message>
        <source>Cleaned: a prefix, blanks or quotes around an ID were taken off.</source>
        <translation>Cleaned: a prefix, blanks or quotes around an ID were taken off.</translation>
    </message>
    <message>
        <source>Suspicious: not sent until you include them. Compare them with Zoho first.</source>
        <translation>Suspicious: not sent until you include them. Compare them with Zoho first.</translation>
    </message>
    <message numerus="yes">
        <source>%n repeat(s) are sent once.</source>
        <translation><numerusform>%n repeat are sent once.</numerusform><numerusform>%n repeats are sent once.</numerusform></translation>
    </message>
</context>
<context>
    <name>Journey</name>
    <message>
        <source>Planning the calls…</source>
        <translation>Planning the calls…</translation>
    </message>
    <message>
        <source>Zoho was asked more than 15 minutes ago, and links may have come or gone since. What it said counts no longer: every ticked link is in the number again. Check again for a fresh answer.</source>
        <translation>Zoho was asked more than 15 minutes ago, and links may have come or gone since. What it said counts no longer: every ticked link is in the number again. Check again for a fresh answer.</translation>
    </message>
    <message>
        <source>The account is another one now: what Zoho said about the links before was thrown away. Check again.</source>
        <translation>The account is another one now: what Zoho said about the links before was thrown away. Check again.</translation>
    </message>
    <message>
        <source>Closing stops after the calls in flight; what is done is kept.</source>
        <translation>Closing stops after the calls in flight; what is done is kept.</translation>
    </message>
    <message>
        <source>You can continue this run at the next start.</source>
        <translation>You can continue this run at the next start.</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Practice mode</source>
        <translation>Practice mode</translation>
    </message>
    <message>
        <source>A sheet is pasted on the first page: choose New clean-up, then paste.</source>
        <translation>A sheet is pasted on the first page: choose New clean-up, then paste.</translation>
    </message>
    <message>
        <source>Copy the cells of both columns in Excel, or a file, and paste again.</source>
        <translation>Copy the cells of both columns in Excel, or a file, and paste again.</translation>
    </message>
    <message>
        <source>There is nothing to paste</source>
        <translation>There is nothing to paste</translation>
    </message>
    <message>
        <source>That cannot be opened</source>
        <translation>That cannot be opened</translation>
    </message>
    <message>
        <source>Back to the page</source>
        <translation>Back to the page</translation>
    </message>
    <message>
        <source>New clean-up</source>
        <translation>New clean-up</translation>
    </message>
    <message>
        <source>Runs on this computer</source>
        <translation>Runs on this computer</translation>
    </message>
    <message>
        <source>None yet</source>
        <translation>None yet</translation>
    </message>
    <message>
        <source>Runs</source>
        <translation>Runs</translation>
    </message>
    <message>
        <source>History</source>
        <translation>History</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>Help</translation>
    </message>
    <message>
        <source>Stop and close</source>
        <translation>Stop and close</translation>
    </message>
    <message>
        <source>Keep running</source>
        <translation>Keep running</translation>
    </message>
</context>
<context>
    <name>MarkNotice</name>
    <message>
        <source>Use it as a filter</source>
        <translation>Use it as a filter</translation>
    </message>
    <message>
        <source>empty</source>
        <translation>empty</translation>
    </message>
    <message>
        <source>Column “%1” looks like a mark (%2).</source>
        <translation>Column “%1” looks like a mark (%2).</translation>
    </message>
</context>
<context>
    <name>MessageLine</name>
    <message>
        <source>Show it</source>
        <translation>Show it</translation>
    </message>
</context>
<context>
    <name>OwnListQuestion</name>
    <message>
        <source>Use this list</source>
        <translation>Use this list</translation>
    </message>
    <message>
        <source>Leave it</source>
        <translation>Leave it</translation>
    </message>
    <message>
        <source>%1 (%2) is a list that your organisation made itself. Zoho does not document that its links can be removed and put back. Use it only if you know this list, and try a few links first.</source>
        <translation>%1 (%2) is a list that your organisation made itself. Zoho does not document that its links can be removed and put back. Use it only if you know this list, and try a few links first.</translation>
    </message>
</context>
<context>
    <name>OwnListsFlow</name>
    <message>
        <source>Asking Zoho which lists your organisation made itself…</source>
        <translation>Asking Zoho which lists your organisation made itself…</translation>
    </message>
    <message>
        <source>Zoho offers no list of your own whose links can be taken off, or this sign-in may not ask for it.</source>
        <translation>Zoho offers no list of your own whose links can be taken off, or this sign-in may not ask for it.</translation>
    </message>
    <message numerus="yes">
        <source>%n list(s) of your own can be chosen now where the links are named.</source>
        <translation><numerusform>%n list of your own can be chosen now where the links are named.</numerusform><numerusform>%n lists of your own can be chosen now where the links are named.</numerusform></translation>
    </message>
    <message>
        <source>The account is another one now, and the list was accepted for the one before: open the sheet again.</source>
        <translation>The account is another one now, and the list was accepted for the one before: open the sheet again.</translation>
    </message>
</context>
<context>
    <name>Page</name>
    <message numerus="yes">
        <source>The answer of a call was lost a moment ago, and the call may still take effect.
Delink reads what became of it in %n second(s).</source>
        <translation><numerusform>The answer of a call was lost a moment ago, and the call may still take effect.
Delink reads what became of it in %n second.</numerusform><numerusform>The answer of a call was lost a moment ago, and the call may still take effect.
Delink reads what became of it in %n seconds.</numerusform></translation>
    </message>
    <message>
        <source>Working</source>
        <translation>Working</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancel</translation>
    </message>
</context>
<context>
    <name>PlaceFlow</name>
    <message>
        <source>Practice mode</source>
        <translation>Practice mode</translation>
    </message>
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
    <name>PlanModel</name>
    <message>
        <source>Record</source>
        <translation>Record</translation>
    </message>
    <message>
        <source>Links</source>
        <translation>Links</translation>
    </message>
    <message>
        <source>Calls or row</source>
        <translation>Calls or row</translation>
    </message>
    <message>
        <source>What will happen</source>
        <translation>What will happen</translation>
    </message>
    <message>
        <source>A shared call is sent from the other record and removes links of several records at once.</source>
        <translation>A shared call is sent from the other record and removes links of several records at once.</translation>
    </message>
    <message>
        <source>Left out</source>
        <translation>Left out</translation>
    </message>
    <message numerus="yes">
        <source>%n not linked</source>
        <translation><numerusform>%n not linked</numerusform><numerusform>%n not linked</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n not found</source>
        <translation><numerusform>%n not found</numerusform><numerusform>%n not found</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n held back</source>
        <translation><numerusform>%n held back</numerusform><numerusform>%n held back</numerusform></translation>
    </message>
    <message>
        <source>%1 shared</source>
        <translation>%1 shared</translation>
    </message>
    <message>
        <source>Will be removed; could not be read</source>
        <translation>Will be removed; could not be read</translation>
    </message>
    <message>
        <source>row %1</source>
        <translation>row %1</translation>
    </message>
    <message>
        <source>Already not linked</source>
        <translation>Already not linked</translation>
    </message>
    <message>
        <source>Not found in Zoho</source>
        <translation>Not found in Zoho</translation>
    </message>
    <message>
        <source>Held back: suspicious ID</source>
        <translation>Held back: suspicious ID</translation>
    </message>
</context>
<context>
    <name>ProblemsModel</name>
    <message>
        <source>Row</source>
        <translation>Row</translation>
    </message>
    <message>
        <source>Outcome</source>
        <translation>Outcome</translation>
    </message>
    <message>
        <source>Parent</source>
        <translation>Parent</translation>
    </message>
    <message>
        <source>Related</source>
        <translation>Related</translation>
    </message>
    <message>
        <source>Cause</source>
        <translation>Cause</translation>
    </message>
    <message>
        <source>What to do</source>
        <translation>What to do</translation>
    </message>
</context>
<context>
    <name>ReadingCard</name>
    <message>
        <source>File</source>
        <translation>File</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>Change</translation>
    </message>
</context>
<context>
    <name>ReadingForm</name>
    <message>
        <source>Worksheet</source>
        <translation>Worksheet</translation>
    </message>
    <message>
        <source>Header row</source>
        <translation>Header row</translation>
    </message>
    <message>
        <source>Parent column</source>
        <translation>Parent column</translation>
    </message>
    <message>
        <source>Related column</source>
        <translation>Related column</translation>
    </message>
    <message>
        <source>Encoding</source>
        <translation>Encoding</translation>
    </message>
    <message>
        <source>Choose one</source>
        <translation>Choose one</translation>
    </message>
    <message>
        <source>Separated by</source>
        <translation>Separated by</translation>
    </message>
    <message>
        <source>Separated by another sign</source>
        <translation>Separated by another sign</translation>
    </message>
    <message>
        <source>one sign, such as ~</source>
        <translation>one sign, such as ~</translation>
    </message>
    <message>
        <source>Header</source>
        <translation>Header</translation>
    </message>
    <message>
        <source>Parent</source>
        <translation>Parent</translation>
    </message>
    <message>
        <source>Related</source>
        <translation>Related</translation>
    </message>
    <message>
        <source>Sign</source>
        <translation>Sign</translation>
    </message>
    <message>
        <source>Comma</source>
        <translation>Comma</translation>
    </message>
    <message>
        <source>Semicolon</source>
        <translation>Semicolon</translation>
    </message>
    <message>
        <source>Tab</source>
        <translation>Tab</translation>
    </message>
    <message>
        <source>Vertical bar</source>
        <translation>Vertical bar</translation>
    </message>
    <message>
        <source>Another sign</source>
        <translation>Another sign</translation>
    </message>
    <message numerus="yes">
        <source>%2 (%1 link(s))</source>
        <translation><numerusform>%2 (%1 link)</numerusform><numerusform>%2 (%1 links)</numerusform></translation>
    </message>
    <message>
        <source> (hidden)</source>
        <translation> (hidden)</translation>
    </message>
    <message>
        <source>Found by itself</source>
        <translation>Found by itself</translation>
    </message>
    <message>
        <source>No header</source>
        <translation>No header</translation>
    </message>
    <message>
        <source>Row %1</source>
        <translation>Row %1</translation>
    </message>
</context>
<context>
    <name>RefusedSheet</name>
    <message>
        <source>First rows as they were read</source>
        <translation>First rows as they were read</translation>
    </message>
    <message>
        <source>None of its rows could be read.</source>
        <translation>None of its rows could be read.</translation>
    </message>
    <message>
        <source>Back to automatic</source>
        <translation>Back to automatic</translation>
    </message>
    <message>
        <source>Change how it is read</source>
        <translation>Change how it is read</translation>
    </message>
</context>
<context>
    <name>RelationCard</name>
    <message>
        <source>What to remove</source>
        <translation>What to remove</translation>
    </message>
    <message>
        <source>Relation</source>
        <translation>Relation</translation>
    </message>
    <message>
        <source>Parent column</source>
        <translation>Parent column</translation>
    </message>
    <message>
        <source>Related column</source>
        <translation>Related column</translation>
    </message>
    <message>
        <source>Links</source>
        <translation>Links</translation>
    </message>
    <message>
        <source>Parent</source>
        <translation>Parent</translation>
    </message>
    <message>
        <source>Related</source>
        <translation>Related</translation>
    </message>
    <message>
        <source>Swap the columns</source>
        <translation>Swap the columns</translation>
    </message>
    <message>
        <source>Lists of your own in Zoho…</source>
        <translation>Lists of your own in Zoho…</translation>
    </message>
    <message>
        <source>Row %1, for example: remove %2 from %3.</source>
        <translation>Row %1, for example: remove %2 from %3.</translation>
    </message>
</context>
<context>
    <name>RemovePage</name>
    <message>
        <source>Every outcome is on disk before it is shown here.</source>
        <translation>Every outcome is on disk before it is shown here.</translation>
    </message>
    <message>
        <source>Links that need a look</source>
        <translation>Links that need a look</translation>
    </message>
    <message>
        <source>Links that need a look appear here.</source>
        <translation>Links that need a look appear here.</translation>
    </message>
    <message>
        <source>The links that were tried first</source>
        <translation>The links that were tried first</translation>
    </message>
    <message>
        <source>Starting…</source>
        <translation>Starting…</translation>
    </message>
    <message>
        <source>about %1 left</source>
        <translation>about %1 left</translation>
    </message>
    <message numerus="yes">
        <source>%n link(s) a second</source>
        <translation><numerusform>%n link a second</numerusform><numerusform>%n links a second</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n call(s) made</source>
        <translation><numerusform>%n call made</numerusform><numerusform>%n calls made</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n at once</source>
        <translation><numerusform>%n at once</numerusform><numerusform>%n at once</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n credits left today</source>
        <translation><numerusform>%n credits left today</numerusform><numerusform>%n credits left today</numerusform></translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>Paused</translation>
    </message>
    <message>
        <source>Paused. Nothing is sent; what is done is kept. Continue whenever you like.</source>
        <translation>Paused. Nothing is sent; what is done is kept. Continue whenever you like.</translation>
    </message>
    <message>
        <source>Stopped. What is done is kept; you can continue later.</source>
        <translation>Stopped. What is done is kept; you can continue later.</translation>
    </message>
    <message>
        <source>Going on…</source>
        <translation>Going on…</translation>
    </message>
    <message>
        <source>writing the results: %1 of %2 rows</source>
        <translation>writing the results: %1 of %2 rows</translation>
    </message>
    <message>
        <source>Stopping: the calls in flight are finished first.</source>
        <translation>Stopping: the calls in flight are finished first.</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>Continue</translation>
    </message>
    <message>
        <source>Remove anyway</source>
        <translation>Remove anyway</translation>
    </message>
    <message numerus="yes">
        <source>Continue with %n link(s)</source>
        <translation><numerusform>Continue with %n link</numerusform><numerusform>Continue with %n links</numerusform></translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>Speed</translation>
    </message>
    <message>
        <source>as fast as Zoho allows</source>
        <translation>as fast as Zoho allows</translation>
    </message>
    <message numerus="yes">
        <source>%n call(s) at once</source>
        <translation><numerusform>%n call at once</numerusform><numerusform>%n calls at once</numerusform></translation>
    </message>
    <message>
        <source>Keep this computer awake yourself: it does not let programs do that.</source>
        <translation>Keep this computer awake yourself: it does not let programs do that.</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Stop</translation>
    </message>
    <message>
        <source>Finishes the calls in flight, then stops; you can continue later</source>
        <translation>Finishes the calls in flight, then stops; you can continue later</translation>
    </message>
    <message>
        <source>Sign in again</source>
        <translation>Sign in again</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 of %2</translation>
    </message>
    <message numerus="yes">
        <source>Zoho asked us to wait %n second(s).</source>
        <translation><numerusform>Zoho asked us to wait %n second.</numerusform><numerusform>Zoho asked us to wait %n seconds.</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>Zoho cannot be reached; trying again in %n second(s).</source>
        <translation><numerusform>Zoho cannot be reached; trying again in %n second.</numerusform><numerusform>Zoho cannot be reached; trying again in %n seconds.</numerusform></translation>
    </message>
    <message>
        <source>Waiting two minutes before the last look at links whose answer was lost.</source>
        <translation>Waiting two minutes before the last look at links whose answer was lost.</translation>
    </message>
    <message>
        <source>Pausing: the calls in flight are finished first.</source>
        <translation>Pausing: the calls in flight are finished first.</translation>
    </message>
</context>
<context>
    <name>ResultsFlow</name>
    <message>
        <source>Writing the results workbook…</source>
        <translation>Writing the results workbook…</translation>
    </message>
    <message>
        <source>No results workbook has been written yet; Save as… writes one.</source>
        <translation>No results workbook has been written yet; Save as… writes one.</translation>
    </message>
    <message>
        <source>The results workbook is no longer at %1; Save as… writes it again.</source>
        <translation>The results workbook is no longer at %1; Save as… writes it again.</translation>
    </message>
    <message>
        <source>Save the results</source>
        <translation>Save the results</translation>
    </message>
    <message>
        <source>Reading the links in Zoho; nothing is changed…</source>
        <translation>Reading the links in Zoho; nothing is changed…</translation>
    </message>
    <message numerus="yes">
        <source>%n link(s) read in Zoho; nothing is changed…</source>
        <translation><numerusform>%n link read in Zoho; nothing is changed…</numerusform><numerusform>%n links read in Zoho; nothing is changed…</numerusform></translation>
    </message>
</context>
<context>
    <name>ResultsPage</name>
    <message>
        <source>Results</source>
        <translation>Results</translation>
    </message>
    <message>
        <source>Rows of the chosen cause</source>
        <translation>Rows of the chosen cause</translation>
    </message>
    <message>
        <source>Save as…</source>
        <translation>Save as…</translation>
    </message>
    <message>
        <source>This run was undone: all that it removed was put back.</source>
        <translation>This run was undone: all that it removed was put back.</translation>
    </message>
    <message numerus="yes">
        <source>This run was undone in part: %n link(s) of it were put back.</source>
        <translation><numerusform>This run was undone in part: %n link of it were put back.</numerusform><numerusform>This run was undone in part: %n links of it were put back.</numerusform></translation>
    </message>
    <message>
        <source>Copy summary</source>
        <translation>Copy summary</translation>
    </message>
    <message>
        <source>Open results in Excel</source>
        <translation>Open results in Excel</translation>
    </message>
    <message numerus="yes">
        <source>%n rejected in the sheet</source>
        <translation><numerusform>%n rejected in the sheet</numerusform><numerusform>%n rejected in the sheet</numerusform></translation>
    </message>
    <message>
        <source>Results workbook: %1</source>
        <translation>Results workbook: %1</translation>
    </message>
    <message>
        <source>Check again in Zoho</source>
        <translation>Check again in Zoho</translation>
    </message>
    <message>
        <source>Continue this run</source>
        <translation>Continue this run</translation>
    </message>
    <message numerus="yes">
        <source>Try %n link(s) again…</source>
        <translation><numerusform>Try %n link again…</numerusform><numerusform>Try %n links again…</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>Undo again (%n link(s))…</source>
        <translation><numerusform>Undo again (%n link)…</numerusform><numerusform>Undo again (%n links)…</numerusform></translation>
    </message>
    <message>
        <source>Undo this run…</source>
        <translation>Undo this run…</translation>
    </message>
    <message>
        <source>This run cannot be undone: it took no safety copy of its links.</source>
        <translation>This run cannot be undone: it took no safety copy of its links.</translation>
    </message>
    <message>
        <source>There is nothing to undo: this run removed no link.</source>
        <translation>There is nothing to undo: this run removed no link.</translation>
    </message>
    <message numerus="yes">
        <source>All %n links that it removed were put back; there is nothing to undo.</source>
        <translation><numerusform>The link that it removed was put back; there is nothing to undo.</numerusform><numerusform>All %n links that it removed were put back; there is nothing to undo.</numerusform></translation>
    </message>
    <message>
        <source>Read again in Zoho at %1</source>
        <translation>Read again in Zoho at %1</translation>
    </message>
    <message numerus="yes">
        <source>%n link(s) are gone</source>
        <translation><numerusform>%n link is gone</numerusform><numerusform>%n links are gone</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n are there.</source>
        <translation><numerusform>%n is there.</numerusform><numerusform>%n are there.</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n of them were put back by an undo of this run.</source>
        <translation><numerusform>%n of them were put back by an undo of this run.</numerusform><numerusform>%n of them were put back by an undo of this run.</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>This run removed these %n links; all of them were put back since.</source>
        <translation><numerusform>This run removed one link; it was put back since.</numerusform><numerusform>This run removed these %n links; all of them were put back since.</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>But %n of them were put back since.</source>
        <translation><numerusform>But one of them was put back since.</numerusform><numerusform>But %n of them were put back since.</numerusform></translation>
    </message>
    <message>
        <source>Show rows</source>
        <translation>Show rows</translation>
    </message>
</context>
<context>
    <name>RowsCard</name>
    <message>
        <source>Add a filter</source>
        <translation>Add a filter</translation>
    </message>
    <message>
        <source>Which rows</source>
        <translation>Which rows</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>Change</translation>
    </message>
    <message>
        <source>Change which rows are meant</source>
        <translation>Change which rows are meant</translation>
    </message>
    <message>
        <source>Use that again</source>
        <translation>Use that again</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Remove</translation>
    </message>
    <message>
        <source>Remove the filter: %1</source>
        <translation>Remove the filter: %1</translation>
    </message>
    <message>
        <source>Only rows where %1</source>
        <translation>Only rows where %1</translation>
    </message>
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
    <name>RunFlow</name>
    <message>
        <source>A run is being prepared. Cancel it first, or let it end.</source>
        <translation>A run is being prepared. Cancel it first, or let it end.</translation>
    </message>
    <message>
        <source>Writing the plan to this computer…</source>
        <translation>Writing the plan to this computer…</translation>
    </message>
    <message>
        <source>A run is being opened. Let it begin, then pause or stop it.</source>
        <translation>A run is being opened. Let it begin, then pause or stop it.</translation>
    </message>
    <message>
        <source>Opening the run…</source>
        <translation>Opening the run…</translation>
    </message>
    <message>
        <source>The results workbook could not be written; Save as… writes it.</source>
        <translation>The results workbook could not be written; Save as… writes it.</translation>
    </message>
</context>
<context>
    <name>RunWords</name>
    <message>
        <source>Removal</source>
        <translation>Removal</translation>
    </message>
    <message>
        <source>Retry</source>
        <translation>Retry</translation>
    </message>
    <message>
        <source>Retried undo</source>
        <translation>Retried undo</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Undo</translation>
    </message>
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
    <message>
        <source>Put back</source>
        <translation>Put back</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Remove</translation>
    </message>
    <message>
        <source>Read this once more. After this page links are put back.</source>
        <translation>Read this once more. After this page links are put back.</translation>
    </message>
    <message>
        <source>Read this once more. After this page links are removed.</source>
        <translation>Read this once more. After this page links are removed.</translation>
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
        <source>Put back %n link(s)</source>
        <translation><numerusform>Put back %n link</numerusform><numerusform>Put back %n links</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>Remove %n link(s)</source>
        <translation><numerusform>Remove %n link</numerusform><numerusform>Remove %n links</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>Put back %n link(s), then pause</source>
        <translation><numerusform>Put back %n link, then pause</numerusform><numerusform>Put back %n links, then pause</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>Remove %n link(s), then pause</source>
        <translation><numerusform>Remove %n link, then pause</numerusform><numerusform>Remove %n links, then pause</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>First %n link(s) are put back in %1. Then the run stops and shows them by name.</source>
        <translation><numerusform>First %n link are put back in %1. Then the run stops and shows them by name.</numerusform><numerusform>First %n links are put back in %1. Then the run stops and shows them by name.</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>First %n link(s) are removed in %1. Then the run stops and shows them by name.</source>
        <translation><numerusform>First %n link are removed in %1. Then the run stops and shows them by name.</numerusform><numerusform>First %n links are removed in %1. Then the run stops and shows them by name.</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>Putting the first %n link(s) back, then the run stops.</source>
        <translation><numerusform>Putting the first %n link back, then the run stops.</numerusform><numerusform>Putting the first %n links back, then the run stops.</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>Removing the first %n link(s), then the run stops.</source>
        <translation><numerusform>Removing the first %n link, then the run stops.</numerusform><numerusform>Removing the first %n links, then the run stops.</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n link(s) will be put back</source>
        <translation><numerusform>%n link will be put back</numerusform><numerusform>%n links will be put back</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n link(s) will be removed</source>
        <translation><numerusform>%n link will be removed</numerusform><numerusform>%n links will be removed</numerusform></translation>
    </message>
    <message>
        <source>Will be put back</source>
        <translation>Will be put back</translation>
    </message>
    <message>
        <source>Will be removed</source>
        <translation>Will be removed</translation>
    </message>
    <message>
        <source>Putting links back</source>
        <translation>Putting links back</translation>
    </message>
    <message>
        <source>Removing links</source>
        <translation>Removing links</translation>
    </message>
    <message numerus="yes">
        <source>Putting links back, %n call(s) on the way.</source>
        <translation><numerusform>Putting links back, %n call on the way.</numerusform><numerusform>Putting links back, %n calls on the way.</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>Removing links, %n call(s) on the way.</source>
        <translation><numerusform>Removing links, %n call on the way.</numerusform><numerusform>Removing links, %n calls on the way.</numerusform></translation>
    </message>
    <message>
        <source>Links are being put back</source>
        <translation>Links are being put back</translation>
    </message>
    <message>
        <source>Links are being removed</source>
        <translation>Links are being removed</translation>
    </message>
    <message>
        <source>Links are being put back. Stop that run or let it end before you begin something else.</source>
        <translation>Links are being put back. Stop that run or let it end before you begin something else.</translation>
    </message>
    <message>
        <source>A removal is working. Stop it or let it end before you begin something else.</source>
        <translation>A removal is working. Stop it or let it end before you begin something else.</translation>
    </message>
    <message>
        <source>Putting links back is paused. Continue or stop it before you begin something else.</source>
        <translation>Putting links back is paused. Continue or stop it before you begin something else.</translation>
    </message>
    <message>
        <source>A removal is paused. Continue or stop it before you begin something else.</source>
        <translation>A removal is paused. Continue or stop it before you begin something else.</translation>
    </message>
    <message>
        <source>Putting links back: %1 of %2 done.</source>
        <translation>Putting links back: %1 of %2 done.</translation>
    </message>
    <message>
        <source>Removing links: %1 of %2 done.</source>
        <translation>Removing links: %1 of %2 done.</translation>
    </message>
    <message>
        <source>Putting links back has paused</source>
        <translation>Putting links back has paused</translation>
    </message>
    <message>
        <source>Removing links has paused</source>
        <translation>Removing links has paused</translation>
    </message>
    <message>
        <source>Putting links back has finished</source>
        <translation>Putting links back has finished</translation>
    </message>
    <message>
        <source>Putting links back has stopped</source>
        <translation>Putting links back has stopped</translation>
    </message>
    <message>
        <source>Removing links has finished</source>
        <translation>Removing links has finished</translation>
    </message>
    <message>
        <source>Removing links has stopped</source>
        <translation>Removing links has stopped</translation>
    </message>
    <message numerus="yes">
        <source>Your undo of %n link(s)</source>
        <translation><numerusform>Your undo of %n link</numerusform><numerusform>Your undo of %n links</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>Your removal of %n link(s)</source>
        <translation><numerusform>Your removal of %n link</numerusform><numerusform>Your removal of %n links</numerusform></translation>
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
    <message numerus="yes">
        <source>%n link(s) put back</source>
        <translation><numerusform>%n link put back</numerusform><numerusform>%n links put back</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n link(s) removed</source>
        <translation><numerusform>%n link removed</numerusform><numerusform>%n links removed</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n put back</source>
        <translation><numerusform>%n put back</numerusform><numerusform>%n put back</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n removed</source>
        <translation><numerusform>%n removed</numerusform><numerusform>%n removed</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n were not linked</source>
        <translation><numerusform>%n was not linked</numerusform><numerusform>%n were not linked</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n were linked again already</source>
        <translation><numerusform>%n was linked again already</numerusform><numerusform>%n were linked again already</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n refused</source>
        <translation><numerusform>%n refused</numerusform><numerusform>%n refused</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n not confirmed</source>
        <translation><numerusform>%n not confirmed</numerusform><numerusform>%n not confirmed</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n not sent</source>
        <translation><numerusform>%n not sent</numerusform><numerusform>%n not sent</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n need you</source>
        <translation><numerusform>%n need you</numerusform><numerusform>%n need you</numerusform></translation>
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
    <message>
        <source>working</source>
        <translation>working</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>paused</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>stopped</translation>
    </message>
    <message>
        <source>interrupted</source>
        <translation>interrupted</translation>
    </message>
</context>
<context>
    <name>SavedConnections</name>
    <message>
        <source>Saved on this computer</source>
        <translation>Saved on this computer</translation>
    </message>
    <message>
        <source>Saved connections</source>
        <translation>Saved connections</translation>
    </message>
    <message>
        <source>Use and test</source>
        <translation>Use and test</translation>
    </message>
    <message>
        <source>Rename…</source>
        <translation>Rename…</translation>
    </message>
    <message>
        <source>Sign out…</source>
        <translation>Sign out…</translation>
    </message>
    <message>
        <source>Name of the connection</source>
        <translation>Name of the connection</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>Rename</translation>
    </message>
    <message>
        <source>Keep the name</source>
        <translation>Keep the name</translation>
    </message>
    <message>
        <source>Its key is ended at Zoho and forgotten here. Runs stay, and go on once you sign in again.</source>
        <translation>Its key is ended at Zoho and forgotten here. Runs stay, and go on once you sign in again.</translation>
    </message>
    <message>
        <source>Sign out</source>
        <translation>Sign out</translation>
    </message>
    <message>
        <source>Stay signed in</source>
        <translation>Stay signed in</translation>
    </message>
</context>
<context>
    <name>SheetFlow</name>
    <message>
        <source>Reading %1…</source>
        <translation>Reading %1…</translation>
    </message>
    <message numerus="yes">
        <source>Reading %1: %n row(s)…</source>
        <translation><numerusform>Reading %1: %n row…</numerusform><numerusform>Reading %1: %n rows…</numerusform></translation>
    </message>
    <message>
        <source>Save the problem rows</source>
        <translation>Save the problem rows</translation>
    </message>
    <message numerus="yes">
        <source>%n row(s) saved as %1.</source>
        <translation><numerusform>%n row saved as %1.</numerusform><numerusform>%n rows saved as %1.</numerusform></translation>
    </message>
    <message>
        <source>Choose a sheet</source>
        <translation>Choose a sheet</translation>
    </message>
    <message>
        <source>Back to the sheet as it was</source>
        <translation>Back to the sheet as it was</translation>
    </message>
    <message>
        <source>Take row %1 as the header</source>
        <translation>Take row %1 as the header</translation>
    </message>
    <message>
        <source>Separate by “%1”</source>
        <translation>Separate by “%1”</translation>
    </message>
    <message>
        <source>How to export with record IDs</source>
        <translation>How to export with record IDs</translation>
    </message>
</context>
<context>
    <name>SheetPage</name>
    <message>
        <source>Your sheet</source>
        <translation>Your sheet</translation>
    </message>
    <message>
        <source>Check that the two columns are the right ones.</source>
        <translation>Check that the two columns are the right ones.</translation>
    </message>
    <message>
        <source>Rows of the sheet</source>
        <translation>Rows of the sheet</translation>
    </message>
    <message>
        <source>Lists of your own in Zoho…</source>
        <translation>Lists of your own in Zoho…</translation>
    </message>
    <message>
        <source>Choose first which rows are meant: the %1 visible ones, or all %2.</source>
        <translation>Choose first which rows are meant: the %1 visible ones, or all %2.</translation>
    </message>
    <message>
        <source>Say first whether all %2 rows are meant.</source>
        <translation>Say first whether all %2 rows are meant.</translation>
    </message>
    <message>
        <source>Check the links</source>
        <translation>Check the links</translation>
    </message>
    <message>
        <source>No row of this sheet can be sent</source>
        <translation>No row of this sheet can be sent</translation>
    </message>
    <message>
        <source>Apply the filter first, or cancel it.</source>
        <translation>Apply the filter first, or cancel it.</translation>
    </message>
    <message numerus="yes">
        <source>Check %n link(s)</source>
        <translation><numerusform>Check %n link</numerusform><numerusform>Check %n links</numerusform></translation>
    </message>
    <message>
        <source>Relation</source>
        <translation>Relation</translation>
    </message>
    <message>
        <source>Read the sheet so</source>
        <translation>Read the sheet so</translation>
    </message>
</context>
<context>
    <name>SheetRowsModel</name>
    <message>
        <source>Row</source>
        <translation>Row</translation>
    </message>
    <message>
        <source>State</source>
        <translation>State</translation>
    </message>
    <message>
        <source>Blank</source>
        <translation>Blank</translation>
    </message>
    <message>
        <source>Cleaned</source>
        <translation>Cleaned</translation>
    </message>
    <message>
        <source>Suspicious</source>
        <translation>Suspicious</translation>
    </message>
    <message>
        <source>Hidden</source>
        <translation>Hidden</translation>
    </message>
    <message>
        <source>Left out by your filter</source>
        <translation>Left out by your filter</translation>
    </message>
    <message>
        <source>Fine</source>
        <translation>Fine</translation>
    </message>
</context>
<context>
    <name>SheetWords</name>
    <message>
        <source>Column %1</source>
        <translation>Column %1</translation>
    </message>
    <message>
        <source>%1 (hidden)</source>
        <translation>%1 (hidden)</translation>
    </message>
    <message>
        <source> and </source>
        <translation> and </translation>
    </message>
    <message>
        <source>Choose above: visible or all.</source>
        <translation>Choose above: visible or all.</translation>
    </message>
    <message>
        <source>Say above whether all are meant.</source>
        <translation>Say above whether all are meant.</translation>
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
    <message>
        <source>only the visible rows</source>
        <translation>only the visible rows</translation>
    </message>
    <message>
        <source>all rows, hidden ones too</source>
        <translation>all rows, hidden ones too</translation>
    </message>
    <message>
        <source>only rows where %1</source>
        <translation>only rows where %1</translation>
    </message>
    <message>
        <source>Last time: %1.</source>
        <translation>Last time: %1.</translation>
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
    <name>SignInForm</name>
    <message>
        <source>Data centre</source>
        <translation>Data centre</translation>
    </message>
    <message>
        <source>Environment</source>
        <translation>Environment</translation>
    </message>
    <message>
        <source>Way to sign in</source>
        <translation>Way to sign in</translation>
    </message>
    <message>
        <source>Client ID</source>
        <translation>Client ID</translation>
    </message>
    <message>
        <source>1000.…</source>
        <translation>1000.…</translation>
    </message>
    <message>
        <source>Client secret</source>
        <translation>Client secret</translation>
    </message>
    <message>
        <source>Paste the client secret here</source>
        <translation>Paste the client secret here</translation>
    </message>
    <message>
        <source>Code</source>
        <translation>Code</translation>
    </message>
    <message>
        <source>Paste the code here; it works for three minutes</source>
        <translation>Paste the code here; it works for three minutes</translation>
    </message>
    <message>
        <source>Access token</source>
        <translation>Access token</translation>
    </message>
    <message>
        <source>Paste the access token here</source>
        <translation>Paste the access token here</translation>
    </message>
    <message>
        <source> (not confirmed by Zoho)</source>
        <translation> (not confirmed by Zoho)</translation>
    </message>
    <message>
        <source>Production: real data</source>
        <translation>Production: real data</translation>
    </message>
    <message>
        <source>Sandbox</source>
        <translation>Sandbox</translation>
    </message>
    <message>
        <source>Developer</source>
        <translation>Developer</translation>
    </message>
    <message>
        <source>Browser: sign in once, it lasts</source>
        <translation>Browser: sign in once, it lasts</translation>
    </message>
    <message>
        <source>Another device: type a code there, it lasts</source>
        <translation>Another device: type a code there, it lasts</translation>
    </message>
    <message>
        <source>Self Client: a code from Zoho's API console, it lasts</source>
        <translation>Self Client: a code from Zoho's API console, it lasts</translation>
    </message>
    <message>
        <source>Access token: works for an hour</source>
        <translation>Access token: works for an hour</translation>
    </message>
    <message>
        <source>&amp;Data centre</source>
        <translation>&amp;Data centre</translation>
    </message>
    <message>
        <source>&amp;Environment</source>
        <translation>&amp;Environment</translation>
    </message>
    <message>
        <source>&amp;Way to sign in</source>
        <translation>&amp;Way to sign in</translation>
    </message>
    <message>
        <source>Client &amp;ID</source>
        <translation>Client &amp;ID</translation>
    </message>
    <message>
        <source>Client &amp;secret</source>
        <translation>Client &amp;secret</translation>
    </message>
    <message>
        <source>C&amp;ode</source>
        <translation>C&amp;ode</translation>
    </message>
    <message>
        <source>&amp;Access token</source>
        <translation>&amp;Access token</translation>
    </message>
</context>
<context>
    <name>SignInWait</name>
    <message>
        <source>Address of the sign-in page</source>
        <translation>Address of the sign-in page</translation>
    </message>
    <message>
        <source>Open the page</source>
        <translation>Open the page</translation>
    </message>
    <message>
        <source>Copy the address</source>
        <translation>Copy the address</translation>
    </message>
    <message>
        <source>Copy the code</source>
        <translation>Copy the code</translation>
    </message>
    <message>
        <source>Code</source>
        <translation>Code</translation>
    </message>
    <message>
        <source>Page</source>
        <translation>Page</translation>
    </message>
</context>
<context>
    <name>SpeedLine</name>
    <message>
        <source>Speed over time</source>
        <translation>Speed over time</translation>
    </message>
</context>
<context>
    <name>StepsBar</name>
    <message>
        <source>Your sheet</source>
        <translation>Your sheet</translation>
    </message>
    <message>
        <source>Check</source>
        <translation>Check</translation>
    </message>
    <message>
        <source>Confirm</source>
        <translation>Confirm</translation>
    </message>
    <message>
        <source>Results</source>
        <translation>Results</translation>
    </message>
    <message>
        <source>done</source>
        <translation>done</translation>
    </message>
    <message>
        <source>present step</source>
        <translation>present step</translation>
    </message>
    <message>
        <source>to come</source>
        <translation>to come</translation>
    </message>
</context>
<context>
    <name>SupportFlow</name>
    <message>
        <source>Save the support file</source>
        <translation>Save the support file</translation>
    </message>
    <message>
        <source>Zip file (*.zip)</source>
        <translation>Zip file (*.zip)</translation>
    </message>
    <message>
        <source>The report was copied; look at it before you send it.</source>
        <translation>The report was copied; look at it before you send it.</translation>
    </message>
    <message>
        <source>Saved as %1; look at it before you send it.</source>
        <translation>Saved as %1; look at it before you send it.</translation>
    </message>
</context>
<context>
    <name>WelcomePage</name>
    <message>
        <source>Remove links from a sheet</source>
        <translation>Remove links from a sheet</translation>
    </message>
    <message>
        <source>Delink takes records off campaigns, products and price books in Zoho CRM. The records themselves stay.</source>
        <translation>Delink takes records off campaigns, products and price books in Zoho CRM. The records themselves stay.</translation>
    </message>
    <message>
        <source>Show its results so far</source>
        <translation>Show its results so far</translation>
    </message>
    <message>
        <source>was paused</source>
        <translation>was paused</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>stopped</translation>
    </message>
    <message numerus="yes">
        <source>after %n.</source>
        <translation><numerusform>after %n.</numerusform><numerusform>after %n.</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n are unconfirmed.</source>
        <translation><numerusform>%n is unconfirmed.</numerusform><numerusform>%n are unconfirmed.</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>Check those %n and continue</source>
        <translation><numerusform>Check that one and continue</numerusform><numerusform>Check those %n and continue</numerusform></translation>
    </message>
    <message>
        <source>Continue this run</source>
        <translation>Continue this run</translation>
    </message>
    <message numerus="yes">
        <source>Those %n were put back since.</source>
        <translation><numerusform>That one was put back since.</numerusform><numerusform>Those %n were put back since.</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>All %n that it removed were put back since.</source>
        <translation><numerusform>The one that it removed was put back since.</numerusform><numerusform>All %n that it removed were put back since.</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>Of %1 removed links %n were put back since.</source>
        <translation><numerusform>Of %1 removed links one was put back since.</numerusform><numerusform>Of %1 removed links %n were put back since.</numerusform></translation>
    </message>
    <message>
        <source>It is a practice run: nothing real is changed.</source>
        <translation>It is a practice run: nothing real is changed.</translation>
    </message>
    <message>
        <source>This is no practice: that account is changed, although this window practises.</source>
        <translation>This is no practice: that account is changed, although this window practises.</translation>
    </message>
    <message>
        <source>Delink %1 is available. Your IT department may want to install it for you.</source>
        <translation>Delink %1 is available. Your IT department may want to install it for you.</translation>
    </message>
    <message>
        <source>Open the download page</source>
        <translation>Open the download page</translation>
    </message>
    <message>
        <source>New here? Practise first: the whole program against a CRM of its own on this computer, without an account.</source>
        <translation>New here? Practise first: the whole program against a CRM of its own on this computer, without an account.</translation>
    </message>
    <message>
        <source>Practice mode</source>
        <translation>Practice mode</translation>
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
        <source>%1 holds record IDs too.</source>
        <translation>%1 holds record IDs too.</translation>
    </message>
    <message>
        <source>%2 and %1 more hold record IDs too.</source>
        <translation>%2 and %1 more hold record IDs too.</translation>
    </message>
    <message>
        <source>%1 hold record IDs too.</source>
        <translation>%1 hold record IDs too.</translation>
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
<context>
    <name>_GuideText</name>
    <message>
        <source>The guide</source>
        <translation>The guide</translation>
    </message>
</context>
</TS>