// Command polling is a chat without a WebSocket: POST /messages says something, GET /messages?since=N tells what has
// been said behind message N. Clients ask again and again.
package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"os"
	"os/signal"
	"strconv"
	"sync"
	"syscall"
)

const (
	maxMessage = 64 << 10
	kept       = 65536 // messages; who asks for older ones gets what there is
)

// history is all that is kept of what was said. Numbers begin at 1.
type history struct {
	mutex sync.RWMutex
	first uint64 // number of messages[0]
	texts []string
}

func (h *history) add(text string) uint64 {
	h.mutex.Lock()
	defer h.mutex.Unlock()
	if len(h.texts) == 2*kept {
		h.texts = append([]string(nil), h.texts[kept:]...)
		h.first += kept
	}
	h.texts = append(h.texts, text)
	return h.first + uint64(len(h.texts)) - 1
}

// since returns the texts behind message n, and the number of the last.
func (h *history) since(n uint64) ([]string, uint64) {
	h.mutex.RLock()
	defer h.mutex.RUnlock()
	last := h.first + uint64(len(h.texts)) - 1
	if n >= last {
		return []string{}, last
	}
	if n+1 < h.first {
		n = h.first - 1
	}
	return h.texts[n+1-h.first:], last // what is there never changes
}

func (h *history) serve(w http.ResponseWriter, r *http.Request) {
	switch r.Method {
	case http.MethodPost:
		text, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxMessage))
		if err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		answer(w, map[string]interface{}{"seq": h.add(string(text))})
	case http.MethodGet:
		n, err := strconv.ParseUint(r.URL.Query().Get("since"), 10, 64)
		if err != nil {
			http.Error(w, "since takes a number", http.StatusBadRequest)
			return
		}
		texts, last := h.since(n)
		answer(w, map[string]interface{}{"last": last, "messages": texts})
	default:
		http.Error(w, "GET or POST", http.StatusMethodNotAllowed)
	}
}

func answer(w http.ResponseWriter, value interface{}) {
	w.Header().Set("Content-Type", "application/json")
	json.NewEncoder(w).Encode(value)
}

func main() {
	port := flag.Int("port", 0, "listen on this port of the loopback; 0: a free one")
	flag.Parse()

	h := &history{first: 1}
	http.HandleFunc("/messages", h.serve)
	listener, err := net.Listen("tcp", fmt.Sprintf("127.0.0.1:%d", *port))
	if err != nil {
		log.Fatal(err)
	}
	bound := listener.Addr().(*net.TCPAddr)
	json.NewEncoder(os.Stdout).Encode(map[string]interface{}{
		"event": "listening", "url": "http://" + bound.String(), "port": bound.Port,
	})
	go func() { log.Fatal(http.Serve(listener, nil)) }()

	stop := make(chan os.Signal, 1)
	signal.Notify(stop, syscall.SIGTERM, syscall.SIGINT)
	<-stop
}
