"""Signs in with the SPNEGO of GSSAPI and a list of mechanisms: JSON on stdin, JSON on stdout."""
import base64
import http.client
import json
import sys
from urllib.parse import urlsplit

import gssapi
from gssapi import raw

task = json.load(sys.stdin)
MECHANISMS = {
    "ntlm": gssapi.OID.from_int_seq("1.3.6.1.4.1.311.2.2.10"),
    "kerberos": gssapi.OID.from_int_seq("1.2.840.113554.1.2.2"),
}
SPNEGO = gssapi.OID.from_int_seq("1.3.6.1.5.5.2")

acquired = raw.acquire_cred(None, mechs=[SPNEGO], usage="initiate")
raw.set_neg_mechs(acquired.creds, [MECHANISMS[name] for name in task["mechanisms"]])
context = gssapi.SecurityContext(
    name=gssapi.Name("HTTP@localhost", gssapi.NameType.hostbased_service),
    mech=SPNEGO,
    creds=gssapi.Credentials(base=acquired.creds),
    flags=[gssapi.RequirementFlag.mutual_authentication, gssapi.RequirementFlag.confidentiality],
    usage="initiate",
)
url = urlsplit(task["url"])
connection = http.client.HTTPConnection(url.hostname, url.port)
statuses = []
received = None
while not context.complete or received is not None:
    sent = context.step(received)
    if sent is None:
        break
    headers = {"Authorization": "Negotiate " + base64.b64encode(sent).decode("ascii")}
    connection.request("POST", url.path, b"", headers)
    response = connection.getresponse()
    response.read()
    statuses.append(response.status)
    answer = response.getheader("WWW-Authenticate") or ""
    received = base64.b64decode(answer[len("Negotiate ") :]) if answer.startswith("Negotiate ") else None
chosen = [name for name, oid in MECHANISMS.items() if context.complete and oid == context.mech]
print(json.dumps({"statuses": statuses, "chosen": chosen}))
