// The echo through gorilla/websocket: `gorilla URL`.
package main

import (
	"bytes"
	"crypto/tls"
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/gorilla/websocket"
)

const cjk = "電腦與人之間的訊息，一字不漏。"

var url = os.Args[1] + "/bench/echo"

func dial(writeBuffer int) (*websocket.Conn, error) {
	// The server's certificate is one that it made for itself.
	dialer := websocket.Dialer{
		TLSClientConfig:  &tls.Config{InsecureSkipVerify: true},
		HandshakeTimeout: 10 * time.Second,
		WriteBufferSize:  writeBuffer,
	}
	connection, _, err := dialer.Dial(url, nil)
	if err == nil {
		err = connection.SetReadDeadline(time.Now().Add(60 * time.Second))
	}
	return connection, err
}

func echo(connection *websocket.Conn, kind int, message []byte) error {
	failed := make(chan error, 1)
	// Beside the reading: a large message does not fit into what lies between both ends.
	go func() { failed <- connection.WriteMessage(kind, message) }()
	gotKind, got, err := connection.ReadMessage()
	if err != nil {
		return err
	}
	if gotKind != kind || !bytes.Equal(got, message) {
		return fmt.Errorf("%d bytes of kind %d came back as %d of kind %d", len(message), kind, len(got), gotKind)
	}
	return <-failed
}

func sizes(kind int, unit string, writeBuffer int) error {
	connection, err := dial(writeBuffer)
	if err != nil {
		return err
	}
	defer connection.Close()
	for _, size := range []int{0, 1, 125, 126, 127, 65535, 65536, 1000000, 16 << 20} {
		message := []byte(strings.Repeat(unit, size/len(unit)))
		if kind == websocket.BinaryMessage {
			message = append(message, bytes.Repeat([]byte{0xFF}, size-len(message))...)
		}
		if err := echo(connection, kind, message); err != nil {
			return fmt.Errorf("%d bytes: %w", size, err)
		}
	}
	return nil
}

// A message larger than gorilla's buffer leaves in fragments of the buffer's size, wherever a character is cut.
func fragments(writeBuffer int) error {
	connection, err := dial(writeBuffer)
	if err != nil {
		return err
	}
	defer connection.Close()
	text := strings.Repeat(cjk, 2000000/len(cjk))
	failed := make(chan error, 1)
	go func() {
		writer, err := connection.NextWriter(websocket.TextMessage)
		for at := 0; err == nil && at < len(text); at += 1000 {
			end := at + 1000
			if end > len(text) {
				end = len(text)
			}
			_, err = writer.Write([]byte(text[at:end]))
		}
		if err == nil {
			err = writer.Close()
		}
		failed <- err
	}()
	kind, got, err := connection.ReadMessage()
	if err != nil {
		return err
	}
	if kind != websocket.TextMessage || string(got) != text {
		return fmt.Errorf("%d bytes came back as %d of kind %d", len(text), len(got), kind)
	}
	return <-failed
}

func ping() error {
	connection, err := dial(0)
	if err != nil {
		return err
	}
	defer connection.Close()
	pongs := 0
	connection.SetPongHandler(func(data string) error {
		if data != strings.Repeat("p", pongs*25) {
			return fmt.Errorf("pong %d has %q", pongs, data)
		}
		pongs++
		return nil
	})
	for size := 0; size <= 125; size += 25 {
		deadline := time.Now().Add(10 * time.Second)
		if err := connection.WriteControl(websocket.PingMessage, []byte(strings.Repeat("p", size)), deadline); err != nil {
			return err
		}
	}
	if err := echo(connection, websocket.TextMessage, []byte("behind the pings")); err != nil {
		return err
	}
	if pongs != 6 {
		return fmt.Errorf("%d pongs of 6", pongs)
	}
	return nil
}

func closing() error {
	for _, code := range []int{1000, 1001, 3000, 4999} {
		connection, err := dial(0)
		if err != nil {
			return err
		}
		defer connection.Close()
		deadline := time.Now().Add(10 * time.Second)
		message := websocket.FormatCloseMessage(code, "done 電")
		if err := connection.WriteControl(websocket.CloseMessage, message, deadline); err != nil {
			return err
		}
		if _, _, err := connection.ReadMessage(); !websocket.IsCloseError(err, code) {
			return fmt.Errorf("%d was answered with %v", code, err)
		}
	}
	return nil
}

func main() {
	checks := []struct {
		name string
		run  func() error
	}{
		{"binary", func() error { return sizes(websocket.BinaryMessage, "\x00\x01\x80\xfe\xff", 0) }},
		{"text", func() error { return sizes(websocket.TextMessage, cjk, 0) }},
		{"text in fragments of 512", func() error { return sizes(websocket.TextMessage, cjk, 512) }},
		{"2 MB of CJK in fragments of 4 KB", func() error { return fragments(4096) }},
		{"2 MB of CJK in fragments of 999 bytes", func() error { return fragments(999) }},
		{"ping", ping},
		{"close", closing},
	}
	status := 0
	for _, check := range checks {
		told := map[string]any{"check": check.name, "ok": true}
		if err := check.run(); err != nil {
			told["ok"], told["said"] = false, err.Error()
			status = 1
		}
		line, _ := json.Marshal(told)
		fmt.Println(string(line))
	}
	os.Exit(status)
}
