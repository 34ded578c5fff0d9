// The functions of the interface about texts, names, languages, and the library itself.
#include "failure.h"
#include "languages.h"

using namespace standin;

extern "C" {

const Unit* RfcGetVersion(unsigned* major, unsigned* minor, unsigned* patch) {
  if (major != nullptr) *major = 7500;
  if (minor != nullptr) *minor = 0;
  if (patch != nullptr) *patch = 12;
  return u"7500.0.12";
}

const Unit* RfcGetRcAsString(int code) { return codeName(code); }

int RfcUTF8ToSAPUC(const unsigned char* source, unsigned length, Unit* buffer, unsigned* size,
                   unsigned* resultLength, ErrorInfo* info) {
  return guard(info, [&] {
    const Text text = fromUtf8(std::string_view(reinterpret_cast<const char*>(source), length));
    const unsigned given = *size;
    if (text.size() + 1 > given) *size = static_cast<unsigned>(text.size() + 1);
    copyOut(text, buffer, given, resultLength);
  });
}

// The size counts no end; the addon asks a second time when it was too small, so too small must be a failure.
int RfcSAPUCToUTF8(const Unit* source, unsigned length, unsigned char* buffer, unsigned* size,
                   unsigned* resultLength, ErrorInfo* info) {
  return guard(info, [&] {
    const std::string text = toUtf8(std::u16string_view(source, length));
    const unsigned given = *size;
    if (resultLength != nullptr) *resultLength = static_cast<unsigned>(text.size());
    if (text.size() > given) {
      *size = static_cast<unsigned>(text.size());
      throw tooSmallFor(text.size());
    }
    std::copy(text.begin(), text.end(), buffer);
    if (text.size() < given) buffer[text.size()] = 0;
  });
}

int RfcLanguageIsoToSap(const Unit* iso, Unit* sap, ErrorInfo* info) {
  return guard(info, [&] { *sap = toSapLanguage(textOf(iso)); });
}

int RfcLanguageSapToIso(const Unit* sap, Unit* iso, ErrorInfo* info) {
  return guard(info, [&] { copyOut(toIsoLanguage(*sap), iso, 3, nullptr); });
}

// Destinations are given as parameters here; the file sapnwrfc.ini is never read.
int RfcSetIniPath(const Unit*, ErrorInfo* info) {
  return guard(info, [] {});
}

int RfcReloadIniFile(ErrorInfo* info) {
  return guard(info, [] {});
}

int RfcLoadCryptoLibrary(const Unit*, ErrorInfo* info) {
  return guard(info, [] { throw Failure(notSupported, "stand-in: there is no cryptographic library"); });
}

}  // extern "C"
