package main

import (
	"time"

	"github.com/gorilla/websocket"
)

const (
	writeWait  = 10 * time.Second
	pongWait   = 60 * time.Second
	pingPeriod = pongWait * 9 / 10
	maxMessage = 32 << 20
	sendBuffer = 256
)

// client stands between one connection and the hub.
type client struct {
	hub      *hub
	conn     *websocket.Conn
	send     chan message // closed by the hub
	coalesce bool
}

func serveClient(h *hub, conn *websocket.Conn, coalesce bool) {
	c := &client{hub: h, conn: conn, send: make(chan message, sendBuffer), coalesce: coalesce}
	h.register <- c
	go c.writePump()
	go c.readPump()
}

func (c *client) readPump() {
	defer func() {
		c.hub.unregister <- c
		c.conn.Close()
	}()
	c.conn.SetReadLimit(maxMessage)
	c.conn.SetReadDeadline(time.Now().Add(pongWait))
	c.conn.SetPongHandler(func(string) error { return c.conn.SetReadDeadline(time.Now().Add(pongWait)) })
	for {
		kind, data, err := c.conn.ReadMessage()
		if err != nil {
			return
		}
		c.hub.broadcast <- message{kind, data}
	}
}

func (c *client) writePump() {
	ticker := time.NewTicker(pingPeriod)
	defer func() {
		ticker.Stop()
		c.conn.Close()
	}()
	for {
		select {
		case m, ok := <-c.send:
			c.conn.SetWriteDeadline(time.Now().Add(writeWait))
			if !ok {
				c.conn.WriteMessage(websocket.CloseMessage, nil)
				return
			}
			if err := c.write(m); err != nil {
				return
			}
		case <-ticker.C:
			c.conn.SetWriteDeadline(time.Now().Add(writeWait))
			if err := c.conn.WriteMessage(websocket.PingMessage, nil); err != nil {
				return
			}
		}
	}
}

func (c *client) write(m message) error {
	if c.coalesce {
		return c.writeQueued(m)
	}
	return c.conn.WriteMessage(m.kind, m.data)
}

// writeQueued puts what has come together in the meantime into the same frame, each on a line of its own.
func (c *client) writeQueued(m message) error {
	w, err := c.conn.NextWriter(m.kind)
	if err != nil {
		return err
	}
	w.Write(m.data)
	for n := len(c.send); n > 0; n-- {
		next, ok := <-c.send
		if !ok {
			break // the close is written when the channel is looked at again
		}
		if next.kind != m.kind {
			if err := w.Close(); err != nil {
				return err
			}
			return c.writeQueued(next)
		}
		w.Write([]byte{'\n'})
		w.Write(next.data)
	}
	return w.Close()
}
