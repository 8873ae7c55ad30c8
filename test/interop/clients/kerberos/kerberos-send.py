"""Sends messages over one Kerberos session with pywinrm or requests-kerberos: JSON on stdin, JSON on stdout."""
import json
import sys
import warnings

warnings.simplefilter("ignore")
task = json.load(sys.stdin)


def send_with_winrm():
    from winrm.exceptions import WinRMError, WinRMTransportError
    from winrm.protocol import Protocol

    protocol = Protocol(
        endpoint=task["url"],
        transport="kerberos",
        server_cert_validation="ignore",
        message_encryption=task["encryption"],
        service=task.get("service", "HTTP"),
    )
    for message in task["messages"]:
        try:
            answer = protocol.send_message(message)
            yield {"answer": answer.decode("utf-8") if isinstance(answer, bytes) else answer}
        except WinRMTransportError as error:
            yield {"status": error.code, "error": str(error)}
        except WinRMError as error:
            yield {"error": str(error)}


def send_with_requests():
    import requests
    from requests_kerberos import REQUIRED, HTTPKerberosAuth

    session = requests.Session()
    session.verify = False
    session.auth = HTTPKerberosAuth(mutual_authentication=REQUIRED, service=task.get("service", "HTTP"))
    for message in task["messages"]:
        headers = {"Content-Type": "application/soap+xml;charset=UTF-8"}
        answer = session.post(task["url"], data=message.encode("utf-8"), headers=headers)
        yield {"status": answer.status_code, "answer": answer.text}


send = {"winrm": send_with_winrm, "requests": send_with_requests}[task["client"]]
print(json.dumps(list(send())))
