<?xml version='1.0' encoding='utf-8'?>
<TS version="2.1" language="en_US">
<context>
    <name>AccountFlow</name>
    <message>
        <source>Signing in to the practice CRM…</source>
        <translation>Signing in to the practice CRM…</translation>
    </message>
    <message>
        <source>Asking Zoho who you are…</source>
        <translation>Asking Zoho who you are…</translation>
    </message>
</context>
<context>
    <name>Banner</name>
    <message>
        <source>Runs</source>
        <translation>Runs</translation>
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
        <source>links to remove</source>
        <translation>links to remove</translation>
    </message>
    <message>
        <source>parent records</source>
        <translation>parent records</translation>
    </message>
    <message>
        <source>calls to Zoho</source>
        <translation>calls to Zoho</translation>
    </message>
    <message>
        <source>held back or rejected</source>
        <translation>held back or rejected</translation>
    </message>
    <message>
        <source>Links to remove, by parent record</source>
        <translation>Links to remove, by parent record</translation>
    </message>
    <message>
        <source> instead of %1, addressed from the other record</source>
        <translation> instead of %1, addressed from the other record</translation>
    </message>
    <message numerus="yes">
        <source>%n call(s)</source>
        <translation><numerusform>%n call</numerusform><numerusform>%n calls</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>about %n of the day's credits</source>
        <translation><numerusform>about %n of the day's credits</numerusform><numerusform>about %n of the day's credits</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>Continue with %n link(s)</source>
        <translation><numerusform>Continue with %n link</numerusform><numerusform>Continue with %n links</numerusform></translation>
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
</context>
<context>
    <name>ConfirmPage</name>
    <message>
        <source>Confirm</source>
        <translation>Confirm</translation>
    </message>
    <message>
        <source>Read this once more. After this page links are removed.</source>
        <translation>Read this once more. After this page links are removed.</translation>
    </message>
    <message>
        <source>This will happen</source>
        <translation>This will happen</translation>
    </message>
    <message>
        <source>This will not happen</source>
        <translation>This will not happen</translation>
    </message>
    <message>
        <source>This version takes no safety copy and cannot put links back. Keep your sheet: it says what was linked.</source>
        <translation>This version takes no safety copy and cannot put links back. Keep your sheet: it says what was linked.</translation>
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
        <source>%n link(s)</source>
        <translation><numerusform>%n link</numerusform><numerusform>%n links</numerusform></translation>
    </message>
    <message>
        <source>%1 between %2 and %3 are removed in %4.</source>
        <translation>%1 between %2 and %3 are removed in %4.</translation>
    </message>
    <message numerus="yes">
        <source>It takes %n call(s) to Zoho.</source>
        <translation><numerusform>It takes %n call to Zoho.</numerusform><numerusform>It takes %n calls to Zoho.</numerusform></translation>
    </message>
    <message>
        <source>Each outcome is written to this computer before you see it, so nothing is lost if the program ends.</source>
        <translation>Each outcome is written to this computer before you see it, so nothing is lost if the program ends.</translation>
    </message>
    <message>
        <source>This sheet was run here before: what is already removed ends as “Was not linked”.</source>
        <translation>This sheet was run here before: what is already removed ends as “Was not linked”.</translation>
    </message>
    <message>
        <source>No %1 and no %2 is deleted: only the link between them goes.</source>
        <translation>No %1 and no %2 is deleted: only the link between them goes.</translation>
    </message>
    <message>
        <source>Rows that are damaged, suspicious or rejected are not sent.</source>
        <translation>Rows that are damaged, suspicious or rejected are not sent.</translation>
    </message>
    <message>
        <source>Type %1 to remove %2 in %3</source>
        <translation>Type %1 to remove %2 in %3</translation>
    </message>
    <message numerus="yes">
        <source>Remove %n link(s)</source>
        <translation><numerusform>Remove %n link</numerusform><numerusform>Remove %n links</numerusform></translation>
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
        <source>Account</source>
        <translation>Account</translation>
    </message>
    <message>
        <source>Data centre</source>
        <translation>Data centre</translation>
    </message>
    <message>
        <source> (not confirmed by Zoho)</source>
        <translation> (not confirmed by Zoho)</translation>
    </message>
    <message>
        <source>Environment</source>
        <translation>Environment</translation>
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
        <source>Access token</source>
        <translation>Access token</translation>
    </message>
    <message>
        <source>Paste the access token here</source>
        <translation>Paste the access token here</translation>
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
        <source>&amp;Access token</source>
        <translation>&amp;Access token</translation>
    </message>
    <message>
        <source>An access token works for about an hour. Your administrator can make one in Zoho's API console.</source>
        <translation>An access token works for about an hour. Your administrator can make one in Zoho's API console.</translation>
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
        <source>The key is kept in this computer's keyring.</source>
        <translation>The key is kept in this computer's keyring.</translation>
    </message>
    <message>
        <source>This computer has no safe keyring, so the key is kept only until you close this window.</source>
        <translation>This computer has no safe keyring, so the key is kept only until you close this window.</translation>
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
        <source>Use the sample</source>
        <translation>Use the sample</translation>
    </message>
    <message>
        <source>Drop one file at a time; nothing was opened.</source>
        <translation>Drop one file at a time; nothing was opened.</translation>
    </message>
    <message>
        <source>That is not a file on this computer; drop an Excel or CSV file.</source>
        <translation>That is not a file on this computer; drop an Excel or CSV file.</translation>
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
    <name>HistoryModel</name>
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
    <name>Journey</name>
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
        <source>Planning the calls…</source>
        <translation>Planning the calls…</translation>
    </message>
    <message>
        <source>Practice mode</source>
        <translation>Practice mode</translation>
    </message>
    <message>
        <source>Choose a sheet</source>
        <translation>Choose a sheet</translation>
    </message>
    <message>
        <source>Links are being removed</source>
        <translation>Links are being removed</translation>
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
        <source>That cannot be opened</source>
        <translation>That cannot be opened</translation>
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
        <source>Runs</source>
        <translation>Runs</translation>
    </message>
    <message>
        <source>History</source>
        <translation>History</translation>
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
    <name>Page</name>
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
        <source>Left out</source>
        <translation>Left out</translation>
    </message>
    <message numerus="yes">
        <source>%n link(s) will be removed</source>
        <translation><numerusform>%n link will be removed</numerusform><numerusform>%n links will be removed</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>, %n held back</source>
        <translation><numerusform>, %n held back</numerusform><numerusform>, %n held back</numerusform></translation>
    </message>
    <message>
        <source>row %1</source>
        <translation>row %1</translation>
    </message>
    <message>
        <source>Held back: suspicious ID</source>
        <translation>Held back: suspicious ID</translation>
    </message>
    <message>
        <source>Will be removed</source>
        <translation>Will be removed</translation>
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
    <name>RemovePage</name>
    <message>
        <source>Removing links</source>
        <translation>Removing links</translation>
    </message>
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
        <source>Paused. Nothing is sent; what is done is kept. Continue whenever you like.</source>
        <translation>Paused. Nothing is sent; what is done is kept. Continue whenever you like.</translation>
    </message>
    <message>
        <source>Stopped. What is done is kept; you can continue later.</source>
        <translation>Stopped. What is done is kept; you can continue later.</translation>
    </message>
    <message>
        <source>The program ended during this run. Continuing first reads in Zoho what became of the last calls.</source>
        <translation>The program ended during this run. Continuing first reads in Zoho what became of the last calls.</translation>
    </message>
    <message>
        <source>Removing…</source>
        <translation>Removing…</translation>
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
    <message numerus="yes">
        <source>Removing links, %n call(s) on their way.</source>
        <translation><numerusform>Removing links, %n call on their way.</numerusform><numerusform>Removing links, %n calls on their way.</numerusform></translation>
    </message>
    <message>
        <source>Pausing: the calls in flight are finished first.</source>
        <translation>Pausing: the calls in flight are finished first.</translation>
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
        <source>Copy summary</source>
        <translation>Copy summary</translation>
    </message>
    <message>
        <source>Open results in Excel</source>
        <translation>Open results in Excel</translation>
    </message>
    <message numerus="yes">
        <source>%n link(s) removed</source>
        <translation><numerusform>%n link removed</numerusform><numerusform>%n links removed</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n were not linked</source>
        <translation><numerusform>%n was not linked</numerusform><numerusform>%n were not linked</numerusform></translation>
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
        <source>%n rejected in the sheet</source>
        <translation><numerusform>%n rejected in the sheet</numerusform><numerusform>%n rejected in the sheet</numerusform></translation>
    </message>
    <message>
        <source>Results workbook: %1</source>
        <translation>Results workbook: %1</translation>
    </message>
    <message>
        <source>Show rows</source>
        <translation>Show rows</translation>
    </message>
</context>
<context>
    <name>RunFlow</name>
    <message>
        <source>Writing the plan to this computer…</source>
        <translation>Writing the plan to this computer…</translation>
    </message>
    <message>
        <source>Opening the run…</source>
        <translation>Opening the run…</translation>
    </message>
    <message>
        <source>Writing the results workbook…</source>
        <translation>Writing the results workbook…</translation>
    </message>
    <message>
        <source>Save the results</source>
        <translation>Save the results</translation>
    </message>
</context>
<context>
    <name>RunsModel</name>
    <message numerus="yes">
        <source>%n removed</source>
        <translation><numerusform>%n removed</numerusform><numerusform>%n removed</numerusform></translation>
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
        <source>No row of this sheet can be sent</source>
        <translation>No row of this sheet can be sent</translation>
    </message>
    <message numerus="yes">
        <source>Check %n link(s)</source>
        <translation><numerusform>Check %n link</numerusform><numerusform>Check %n links</numerusform></translation>
    </message>
    <message>
        <source>File</source>
        <translation>File</translation>
    </message>
    <message>
        <source>Worksheet</source>
        <translation>Worksheet</translation>
    </message>
    <message>
        <source>Header row</source>
        <translation>Header row</translation>
    </message>
    <message>
        <source>Header</source>
        <translation>Header</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>Change</translation>
    </message>
    <message>
        <source>What to remove</source>
        <translation>What to remove</translation>
    </message>
    <message>
        <source>Relation</source>
        <translation>Relation</translation>
    </message>
    <message>
        <source>Read the sheet so</source>
        <translation>Read the sheet so</translation>
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
        <source>IDs</source>
        <translation>IDs</translation>
    </message>
    <message>
        <source>Save the problem rows…</source>
        <translation>Save the problem rows…</translation>
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
        <source>Excel has rounded some IDs</source>
        <translation>Excel has rounded some IDs</translation>
    </message>
    <message>
        <source>A record ID has up to 19 digits, and Excel keeps only 15 of a number. The last digits of these IDs are gone, and the rounded number may belong to another record. Delink never sends them. Export the records from Zoho again (the IDs then start with zcrm_) and open that file here, not by double-click in Excel.</source>
        <translation>A record ID has up to 19 digits, and Excel keeps only 15 of a number. The last digits of these IDs are gone, and the rounded number may belong to another record. Delink never sends them. Export the records from Zoho again (the IDs then start with zcrm_) and open that file here, not by double-click in Excel.</translation>
    </message>
    <message>
        <source> (hidden)</source>
        <translation> (hidden)</translation>
    </message>
    <message>
        <source>No header</source>
        <translation>No header</translation>
    </message>
    <message>
        <source>Row %1</source>
        <translation>Row %1</translation>
    </message>
    <message>
        <source>Column %1</source>
        <translation>Column %1</translation>
    </message>
    <message numerus="yes">
        <source>%n entries</source>
        <translation><numerusform>%n entry</numerusform><numerusform>%n entries</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n good</source>
        <translation><numerusform>%n good</numerusform><numerusform>%n good</numerusform></translation>
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
        <source>%n rejected for other reasons</source>
        <translation><numerusform>%n rejected for other reasons</numerusform><numerusform>%n rejected for other reasons</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n good ID(s) had a prefix, blanks or quotes around them.</source>
        <translation><numerusform>%n good ID had a prefix, blanks or quotes around them.</numerusform><numerusform>%n good IDs had a prefix, blanks or quotes around them.</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n repeat(s) are sent once.</source>
        <translation><numerusform>%n repeat are sent once.</numerusform><numerusform>%n repeats are sent once.</numerusform></translation>
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
        <source>(no title)</source>
        <translation>(no title)</translation>
    </message>
    <message>
        <source>Blank</source>
        <translation>Blank</translation>
    </message>
    <message>
        <source>Suspicious</source>
        <translation>Suspicious</translation>
    </message>
    <message>
        <source>Fine</source>
        <translation>Fine</translation>
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
        <source>Remove</source>
        <translation>Remove</translation>
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
        <source>was paused</source>
        <translation>was paused</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>stopped</translation>
    </message>
    <message numerus="yes">
        <source>Your removal of %n link(s)</source>
        <translation><numerusform>Your removal of %n link</numerusform><numerusform>Your removal of %n links</numerusform></translation>
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
</TS>