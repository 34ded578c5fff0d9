#include "languages.h"
#include "failure.h"

namespace standin {

namespace {

// The one-letter keys: two letters of ISO 639, then SAP's.
const Unit* const oneLetterKeys[] = {
    u"AFa", u"ARA", u"BGW", u"CAc", u"CSC", u"DAK", u"DED", u"ELG", u"ENE", u"ESS", u"ET9", u"FIU", u"FRF", u"HEB",
    u"HR6", u"HUH", u"IDi", u"ISb", u"ITI", u"JAJ", u"KO3", u"LTX", u"LVY", u"MS7", u"NLN", u"NOO", u"PLL", u"PTP",
    u"RO4", u"RUR", u"SHd", u"SKQ", u"SL5", u"SR0", u"SVV", u"TH2", u"TRT", u"UK8", u"Z1Z", u"ZFM", u"ZH1",
};

// All other languages have a key that is computed from their code; it lies beyond every letter.
constexpr Unit computedFrom = 0x9fe0;
constexpr Unit width = 96;

bool isCodeLetter(Unit unit) { return (unit >= u'0' && unit <= u'9') || (unit >= u'A' && unit <= u'Z'); }

}  // namespace

Unit toSapLanguage(const Text& iso) {
  for (const Unit* key : oneLetterKeys)
    if (iso == std::u16string_view(key, 2)) return key[2];
  if (iso.size() != 2 || !isCodeLetter(iso[0]) || !isCodeLetter(iso[1]))
    throw Failure(invalidParameter, "Language ISO code not found: " + toUtf8(iso));
  return static_cast<Unit>(computedFrom + width * iso[0] + iso[1]);
}

Text toIsoLanguage(Unit sap) {
  for (const Unit* key : oneLetterKeys)
    if (key[2] == sap) return Text(key, 2);
  // A letter is below the width, so quotient and rest give the two back.
  const Unit offset = static_cast<Unit>(sap - computedFrom);
  const Text iso{static_cast<Unit>(offset / width), static_cast<Unit>(offset % width)};
  if (sap < computedFrom || !isCodeLetter(iso[0]) || !isCodeLetter(iso[1]))
    throw Failure(invalidParameter, "Language SAP code not found: " + toUtf8(Text(1, sap)));
  return iso;
}

}  // namespace standin
