// Enumerates a class with github.com/masterzen/winrm: JSON on stdin, JSON on stdout.
package main

import (
	"encoding/json"
	"os"
	"strconv"
	"time"

	"github.com/masterzen/simplexml/dom"
	"github.com/masterzen/winrm"
	"github.com/masterzen/winrm/soap"
)

type task struct {
	Host, Port, User, Password, ResourceURI string
	Cert, Key                               string // files
	HTTPS                                   bool
}

func main() {
	var t task
	if err := json.NewDecoder(os.Stdin).Decode(&t); err != nil {
		panic(err)
	}
	port, _ := strconv.Atoi(t.Port)
	var transport winrm.Transporter = winrm.NewClientWithDial(nil)
	var cert, key []byte
	if t.Cert != "" {
		transport = &winrm.ClientAuthRequest{}
		cert, key = read(t.Cert), read(t.Key)
	}
	endpoint := winrm.NewEndpoint(t.Host, port, t.HTTPS, true, nil, cert, key, 10*time.Second)
	parameters := winrm.NewParameters("PT60S", "en-US", 153600)
	parameters.TransportDecorator = func() winrm.Transporter { return transport }
	client, err := winrm.NewClientWithParameters(endpoint, t.User, t.Password, parameters)
	if err != nil {
		panic(err)
	}
	answer, err := transport.Post(client, enumerate(t.ResourceURI))
	result := map[string]string{"answer": answer}
	if err != nil {
		result["error"] = err.Error()
	}
	json.NewEncoder(os.Stdout).Encode(result)
}

func read(name string) []byte {
	bytes, err := os.ReadFile(name)
	if err != nil {
		panic(err)
	}
	return bytes
}

func enumerate(resourceURI string) *soap.SoapMessage {
	const enumeration = "http://schemas.xmlsoap.org/ws/2004/09/enumeration"
	message := soap.NewMessage()
	message.Header().
		To("http://localhost/wsman").
		ReplyTo("http://schemas.xmlsoap.org/ws/2004/08/addressing/role/anonymous").
		MaxEnvelopeSize(153600).
		Id("uuid:5b0b7e8a-5d3c-4a57-9a0f-0a6d0f2c1b11").
		Locale("en-US").
		Timeout("PT60S").
		Action(enumeration + "/Enumerate").
		ResourceURI(resourceURI).
		Build()
	wsman := dom.Namespace{Prefix: "w", Uri: "http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd"}
	body := message.CreateBodyElement("Enumerate", dom.Namespace{Prefix: "n", Uri: enumeration})
	message.CreateElement(body, "OptimizeEnumeration", wsman)
	maximum := message.CreateElement(body, "MaxElements", wsman)
	maximum.SetContent("100")
	return message
}
