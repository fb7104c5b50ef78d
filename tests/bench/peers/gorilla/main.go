// Command gorilla is a WebSocket server in Go as people write one with gorilla/websocket: /bench/echo is a plain loop
// of reading and writing, /bench/broadcast the hub of the library's well-known chat.
package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"log"
	"net"
	"net/http"
	"os"
	"os/signal"
	"syscall"

	"github.com/gorilla/websocket"
)

var upgrader = websocket.Upgrader{ReadBufferSize: 1024, WriteBufferSize: 1024}

func echo(conn *websocket.Conn) {
	defer conn.Close()
	conn.SetReadLimit(maxMessage)
	for {
		kind, data, err := conn.ReadMessage()
		if err != nil {
			return
		}
		if err := conn.WriteMessage(kind, data); err != nil {
			return
		}
	}
}

func upgraded(serve func(*websocket.Conn)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		conn, err := upgrader.Upgrade(w, r, nil)
		if err != nil {
			return // it has answered already
		}
		serve(conn)
	}
}

func main() {
	port := flag.Int("port", 0, "listen on this port of the loopback; 0: a free one")
	coalesce := flag.Bool("coalesce", false, "write all that is queued for a client as one frame, a line each")
	flag.Parse()

	h := newHub()
	go h.run()
	http.HandleFunc("/bench/echo", upgraded(echo))
	http.HandleFunc("/bench/broadcast", upgraded(func(conn *websocket.Conn) { serveClient(h, conn, *coalesce) }))

	listener, err := net.Listen("tcp", fmt.Sprintf("127.0.0.1:%d", *port))
	if err != nil {
		log.Fatal(err)
	}
	bound := listener.Addr().(*net.TCPAddr)
	json.NewEncoder(os.Stdout).Encode(map[string]interface{}{
		"event": "listening", "url": "ws://" + bound.String(), "port": bound.Port,
	})
	go func() { log.Fatal(http.Serve(listener, nil)) }()

	stop := make(chan os.Signal, 1)
	signal.Notify(stop, syscall.SIGTERM, syscall.SIGINT)
	<-stop
}
