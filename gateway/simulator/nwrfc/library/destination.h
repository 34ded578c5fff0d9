// From connection parameters to a logged-on connection: application server, message server, SAProuter.
#pragma once
#include <map>
#include <string>
#include "connection.h"

namespace standin {

// Names in small letters, as the interface takes them in either case.
using ConnectionParameters = std::map<std::string, std::string>;

ConnectionParameters readParameters(const ConnectionParameter* given, unsigned count);

// Failure when the system is not reached or refuses the logon.
ConnectionPointer logOn(const ConnectionParameters& parameters);

}  // namespace standin
