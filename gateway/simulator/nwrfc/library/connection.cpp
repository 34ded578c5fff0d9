#include "connection.h"
#include <arpa/inet.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>
#include <cerrno>
#include "throughput.h"

namespace standin {

namespace {

// Connecting, finding the way and logging on; afterwards a call may last as long as SAP lets it.
constexpr int answerSeconds = 60;
constexpr uint32_t maxFrame = 256u * 1024 * 1024;

void limitWaiting(int socket, int limit) {
  const timeval time{limit, 0};
  setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &time, sizeof time);
  setsockopt(socket, SOL_SOCKET, SO_SNDTIMEO, &time, sizeof time);
}

int openSocket(const addrinfo& address, int& errorNumber) {
  const int opened = socket(address.ai_family, address.ai_socktype | SOCK_CLOEXEC, address.ai_protocol);
  if (opened < 0) {
    errorNumber = errno;
    return -1;
  }
  limitWaiting(opened, answerSeconds);
  if (connect(opened, address.ai_addr, address.ai_addrlen) == 0) {
    const int yes = 1;
    setsockopt(opened, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    return opened;
  }
  errorNumber = errno;
  close(opened);
  return -1;
}

Failure failureOf(const Json& error) {
  Failure failure(static_cast<int>(error.numberAt(u"code", unknownError)), toUtf8(error.textAt(u"message")),
                  static_cast<int>(error.numberAt(u"group", communicationGroup)));
  failure.key = toUtf8(error.textAt(u"key"));
  failure.messageClass = toUtf8(error.textAt(u"messageClass"));
  failure.messageType = toUtf8(error.textAt(u"messageType"));
  failure.messageNumber = toUtf8(error.textAt(u"messageNumber"));
  if (const Json* variables = error.find(u"variables"))
    for (size_t i = 0; i < variables->items.size() && i < failure.variables.size(); i++)
      failure.variables[i] = toUtf8(variables->items[i].text);
  return failure;
}

}  // namespace

Failure networkFailure(const std::string& error, int returnCode, const std::string& detail, int errorNumber) {
  std::string message = "\nLOCATION    CPIC (TCP/IP) on local host with Unicode\nERROR       " + error +
                        "\nRELEASE     753\nCOMPONENT   NI (network interface)\nVERSION     40\nRC          " +
                        std::to_string(returnCode) + "\nDETAIL      " + detail;
  if (errorNumber != 0)
    message += "\nERRNO       " + std::to_string(errorNumber) + "\nERRNO TEXT  " + strerror(errorNumber);
  return Failure(communicationFailure, message + "\nCOUNTER     1\n", communicationGroup);
}

Connection::Connection(const std::string& host, const std::string& service) : partner_(host + ":" + service) {
  addrinfo hints{};
  hints.ai_socktype = SOCK_STREAM;
  addrinfo* addresses = nullptr;
  if (getaddrinfo(host.c_str(), service.c_str(), &hints, &addresses) != 0)
    throw networkFailure("hostname '" + host + "' or service '" + service + "' unknown", -2, "NiHLGetNodeAddr", 0);
  int errorNumber = 0;
  for (const addrinfo* each = addresses; each != nullptr && socket_ < 0; each = each->ai_next)
    socket_ = openSocket(*each, errorNumber);
  freeaddrinfo(addresses);
  if (socket_ < 0)
    throw networkFailure("partner '" + partner_ + "' not reached", -10, "NiPConnect2: " + partner_, errorNumber);
}

Connection::~Connection() {
  if (socket_ >= 0) close(socket_);
}

void Connection::waitWithoutLimit() { limitWaiting(socket_, 0); }

void Connection::cancel() {
  isCanceled_ = true;
  hangUp();
}

void Connection::hangUp() {
  const std::lock_guard<std::mutex> lock(ending_);
  shutdown(socket_, SHUT_RDWR);
}

Failure Connection::broken(const std::string& what) const {
  if (isCanceled_) return Failure(canceled, "Connection was canceled.", communicationGroup);
  return networkFailure(what, -6, "partner '" + partner_ + "'", 0);
}

void Connection::sendAll(const std::string& bytes) {
  for (size_t sent = 0; sent < bytes.size();) {
    const ssize_t count = send(socket_, bytes.data() + sent, bytes.size() - sent, MSG_NOSIGNAL);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) throw broken("connection to partner '" + partner_ + "' broken");
    sent += static_cast<size_t>(count);
  }
}

void Connection::receiveAll(char* buffer, size_t size) {
  for (size_t received = 0; received < size;) {
    const ssize_t count = recv(socket_, buffer + received, size - received, 0);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0 && errno == EAGAIN) throw broken("partner '" + partner_ + "' does not answer");
    if (count <= 0) throw broken("connection to partner '" + partner_ + "' broken");
    received += static_cast<size_t>(count);
  }
}

Json Connection::ask(const std::string& request) {
  const std::lock_guard<std::mutex> lock(asking_);
  const uint32_t sentLength = htonl(static_cast<uint32_t>(request.size()));
  sendAll(std::string(reinterpret_cast<const char*>(&sentLength), sizeof sentLength) + request);
  uint32_t length = 0;
  receiveAll(reinterpret_cast<char*>(&length), sizeof length);
  length = ntohl(length);
  if (length > maxFrame)
    throw Failure(invalidProtocol, "stand-in: the partner does not speak this protocol", communicationGroup);
  std::string answer(length, '\0');
  receiveAll(answer.data(), answer.size());
  if (Throughput* counters = throughput) counters->count(request.size(), answer.size());
  Json reply;
  try {
    reply = parseJson(answer);
  } catch (const std::exception& error) {
    throw Failure(invalidProtocol, std::string("stand-in: ") + error.what(), communicationGroup);
  }
  if (const Json* error = reply.find(u"error")) throw failureOf(*error);
  for (auto& [name, content] : reply.members)
    if (name == u"ok") return std::move(content);
  throw Failure(invalidProtocol, "stand-in: the answer holds neither ok nor error", communicationGroup);
}

}  // namespace standin
