#pragma once

#include "server/http/httpmessage.h"

#include <functional>
#include <memory>

namespace lanline::server {

/// What waits for one answer.
class HttpAsker
{
public:
    virtual ~HttpAsker() = default;
    virtual void answer(const HttpResponse &response) = 0;

    /// Called once, if the client goes before it has its answer.
    std::function<void()> onGone;
};

/// The way back to whoever asked: now or later, in the server thread. Copies are the same way; the first answer counts,
/// and one for a client that has gone is dropped.
class HttpReply
{
public:
    explicit HttpReply(std::weak_ptr<HttpAsker> asker)
        : m_asker(std::move(asker))
    { }

    void send(const HttpResponse &response) const
    {
        if (const auto asker = m_asker.lock())
            asker->answer(response);
    }
    void whenGone(std::function<void()> call) const
    {
        if (const auto asker = m_asker.lock())
            asker->onGone = std::move(call);
    }

private:
    std::weak_ptr<HttpAsker> m_asker;
};

/// What a path, or all below it, leads to. Called in the server thread, which it does not keep waiting.
class HttpEndpoint
{
public:
    virtual ~HttpEndpoint() = default;
    /// Whether requests with that method are answered at all.
    virtual bool takes(const QByteArray &method) const { return method == "GET" || method == "HEAD"; }
    virtual void serve(const HttpRequest &request, const HttpReply &reply) = 0;
};

/// An endpoint whose answers are at hand.
class HttpPage final : public HttpEndpoint
{
public:
    explicit HttpPage(std::function<HttpResponse()> make)
        : m_make(std::move(make))
    { }
    void serve(const HttpRequest &, const HttpReply &reply) override { reply.send(m_make()); }

private:
    std::function<HttpResponse()> m_make;
};

} // namespace lanline::server
