// SAP's keys of languages (table T002) and their ISO codes.
#pragma once
#include "text.h"

namespace standin {

// Failure RFC_INVALID_PARAMETER for what is no code.
Unit toSapLanguage(const Text& iso);
Text toIsoLanguage(Unit sap);

}  // namespace standin
