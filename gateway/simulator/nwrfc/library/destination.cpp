#include "destination.h"
#include <vector>

namespace standin {

namespace {

struct Hop {
  std::string host, service, password;
};
using Route = std::vector<Hop>;

std::string valueOf(const ConnectionParameters& parameters, const std::string& name) {
  const auto found = parameters.find(name);
  return found == parameters.end() ? std::string() : found->second;
}

// `/H/host/S/service/W/password/H/...`; the last `/H/` may stand alone, since the target comes after it.
Route readRoute(const std::string& text) {
  Route route;
  std::vector<std::string> parts;
  for (size_t at = 1; at < text.size();) {
    const size_t end = std::min(text.find('/', at), text.size());
    parts.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  for (size_t i = 0; i + 1 < parts.size(); i += 2) {
    const std::string& what = parts[i];
    if (what == "H" && !parts[i + 1].empty()) route.push_back({parts[i + 1], "3299", ""});
    else if (what == "S" && !route.empty()) route.back().service = parts[i + 1];
    else if ((what == "W" || what == "P") && !route.empty()) route.back().password = parts[i + 1];
    else if (what != "H") throw Failure(invalidParameter, "The route string is not like /H/host/S/service/H/...");
  }
  return route;
}

std::string quoted(const std::string& text) {
  std::string out;
  writeQuoted(fromUtf8(text), out);
  return out;
}

std::string describeHop(const Hop& hop) {
  const std::string password = hop.password.empty() ? "" : ",\"password\":" + quoted(hop.password);
  return "{\"host\":" + quoted(hop.host) + ",\"service\":" + quoted(hop.service) + password + "}";
}

// Through the routers, each of which connects to the next; the last one to the target.
ConnectionPointer connectAlong(Route route, const Hop& target) {
  if (route.empty()) return std::make_shared<Connection>(target.host, target.service);
  auto connection = std::make_shared<Connection>(route.front().host, route.front().service);
  route.push_back(target);
  std::string hops;
  for (const Hop& hop : route) hops += (hops.empty() ? "" : ",") + describeHop(hop);
  connection->ask("{\"op\":\"route\",\"hops\":[" + hops + "]}");
  return connection;
}

// A host may itself be a route string; its last hop is the host then.
Hop splitHost(const std::string& host, const std::string& service, Route& route) {
  if (host.empty() || host[0] != '/') return {host, service, ""};
  Route own = readRoute(host);
  if (own.empty()) throw Failure(invalidParameter, "The route string names no host");
  const Hop last = own.back();
  own.pop_back();
  route.insert(route.end(), own.begin(), own.end());
  return {last.host, service, ""};
}

std::string gatewayPort(const std::string& systemNumber) {
  return "33" + std::string(systemNumber.size() < 2 ? 2 - systemNumber.size() : 0, '0') + systemNumber;
}

Hop askMessageServer(const ConnectionParameters& parameters, const Route& route) {
  const std::string systemId = valueOf(parameters, valueOf(parameters, "r3name").empty() ? "sysid" : "r3name");
  const std::string given = valueOf(parameters, "msserv");
  const std::string group = valueOf(parameters, "group");
  Route way = route;
  const Hop server = splitHost(valueOf(parameters, "mshost"), given.empty() ? "sapms" + systemId : given, way);
  const std::string groupMember = ",\"group\":" + quoted(group.empty() ? "PUBLIC" : group);
  const std::string wanted = "\"systemId\":" + quoted(systemId) + groupMember;
  const Json answer = connectAlong(way, server)->ask("{\"op\":\"lookup\"," + wanted + "}");
  return {toUtf8(answer.textAt(u"host")), gatewayPort(toUtf8(answer.textAt(u"systemNumber"))), ""};
}

ConnectionPointer connectTo(const ConnectionParameters& parameters) {
  Route route = readRoute(valueOf(parameters, "saprouter"));
  const std::string host = valueOf(parameters, "ashost");
  if (!host.empty()) {
    const Hop target = splitHost(host, gatewayPort(valueOf(parameters, "sysnr")), route);
    return connectAlong(route, target);
  }
  if (valueOf(parameters, "mshost").empty())
    throw Failure(invalidParameter, "Parameter ASHOST, GWHOST, MSHOST or PORT is missing.");
  const Hop target = askMessageServer(parameters, route);
  return connectAlong(route, target);
}

void readAttributes(const Json& source, Attributes& attributes) {
  const auto take = [&](auto& member, std::u16string_view name, std::u16string_view fallback = u"") {
    const Text text = source.textAt(name);
    fill(member, text.empty() ? fallback : std::u16string_view(text));
  };
  take(attributes.host, u"host", u"standin");
  take(attributes.partnerHost, u"partnerHost");
  take(attributes.sysNumber, u"sysNumber");
  take(attributes.sysId, u"sysId");
  take(attributes.client, u"client");
  take(attributes.user, u"user");
  take(attributes.language, u"language");
  take(attributes.trace, u"trace", u"0");
  take(attributes.isoLanguage, u"isoLanguage");
  take(attributes.codepage, u"codepage", u"4103");
  take(attributes.partnerCodepage, u"partnerCodepage", u"4103");
  take(attributes.rfcRole, u"rfcRole", u"C");
  take(attributes.type, u"type", u"E");
  take(attributes.partnerType, u"partnerType", u"3");
  take(attributes.rel, u"rel", u"753");
  take(attributes.partnerRel, u"partnerRel");
  take(attributes.kernelRel, u"kernelRel");
  take(attributes.cpicConvId, u"cpicConvId");
  take(attributes.progName, u"progName");
  take(attributes.partnerBytesPerChar, u"partnerBytesPerChar", u"2");
  take(attributes.partnerSystemCodepage, u"partnerSystemCodepage", u"4103");
  take(attributes.partnerIP, u"partnerIP");
}

}  // namespace

ConnectionParameters readParameters(const ConnectionParameter* given, unsigned count) {
  ConnectionParameters parameters;
  for (unsigned i = 0; i < count; i++) {
    std::string name = utf8Of(given[i].name);
    for (char& letter : name) letter = static_cast<char>(tolower(static_cast<unsigned char>(letter)));
    parameters[name] = utf8Of(given[i].value);
  }
  return parameters;
}

ConnectionPointer logOn(const ConnectionParameters& parameters) {
  const ConnectionPointer connection = connectTo(parameters);
  std::string request = "{\"op\":\"logon\",\"parameters\":{";
  bool isFirst = true;
  for (const auto& [name, value] : parameters) {
    request += (isFirst ? "" : ",") + quoted(name) + ":" + quoted(value);
    isFirst = false;
  }
  const Json answer = connection->ask(request + "}}");
  const Json* attributes = answer.find(u"attributes");
  readAttributes(attributes == nullptr ? Json() : *attributes, connection->attributes);
  const Attributes& known = connection->attributes;
  // A simulator of a later test may have the same port and other functions.
  connection->repository = &repositoryOf(utf8Of(known.sysId) + toUtf8(answer.textAt(u"instance")));
  connection->waitWithoutLimit();
  return connection;
}

}  // namespace standin
