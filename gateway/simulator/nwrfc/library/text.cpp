#include "text.h"
#include "failure.h"

namespace standin {

namespace {

// What stands for half a character: UTF-8 has no form for it.
constexpr char32_t replacement = 0xfffd;

void appendUtf16(char32_t point, Text& out) {
  if (point < 0x10000) {
    out += static_cast<Unit>(point);
    return;
  }
  out += static_cast<Unit>(0xd800 + ((point - 0x10000) >> 10));
  out += static_cast<Unit>(0xdc00 + ((point - 0x10000) & 0x3ff));
}

void appendUtf8(char32_t point, std::string& out) {
  const auto tail = [&](int shift) { out += static_cast<char>(0x80 | (point >> shift & 0x3f)); };
  if (point < 0x80) {
    out += static_cast<char>(point);
  } else if (point < 0x800) {
    out += static_cast<char>(0xc0 | point >> 6);
    tail(0);
  } else if (point < 0x10000) {
    out += static_cast<char>(0xe0 | point >> 12);
    tail(6);
    tail(0);
  } else {
    out += static_cast<char>(0xf0 | point >> 18);
    tail(12);
    tail(6);
    tail(0);
  }
}

}  // namespace

bool isHalfPair(Unit unit) { return unit >= 0xd800 && unit < 0xe000; }

bool isPairAt(std::u16string_view text, size_t at) {
  const auto isIn = [&](size_t place, Unit from, Unit to) { return text[place] >= from && text[place] < to; };
  return at + 1 < text.size() && isIn(at, 0xd800, 0xdc00) && isIn(at + 1, 0xdc00, 0xe000);
}

Text fromUtf8(std::string_view utf8) {
  Text out;
  out.reserve(utf8.size());
  for (size_t at = 0; at < utf8.size();) {
    const unsigned char lead = static_cast<unsigned char>(utf8[at++]);
    if (lead < 0x80) {
      out += static_cast<Unit>(lead);
      continue;
    }
    int more = lead >= 0xf0 ? 3 : lead >= 0xe0 ? 2 : 1;
    char32_t point = lead & (0x3f >> more);
    for (; more > 0 && at < utf8.size() && (utf8[at] & 0xc0) == 0x80; more--)
      point = point << 6 | (utf8[at++] & 0x3f);
    appendUtf16(point, out);
  }
  return out;
}

std::string toUtf8(std::u16string_view text) {
  std::string out;
  out.reserve(text.size());
  for (size_t at = 0; at < text.size(); at++) {
    const char32_t unit = text[at];
    if (isPairAt(text, at)) appendUtf8(0x10000 + ((unit - 0xd800) << 10) + (text[++at] - 0xdc00), out);
    else appendUtf8(isHalfPair(text[at]) ? replacement : unit, out);
  }
  return out;
}

size_t lengthOf(const Unit* text) { return text == nullptr ? 0 : std::char_traits<Unit>::length(text); }

void copyOut(std::u16string_view text, Unit* buffer, unsigned size, unsigned* length) {
  if (length != nullptr) *length = static_cast<unsigned>(text.size());
  if (text.size() + 1 > size) throw tooSmallFor(text.size() + 1);
  std::memcpy(buffer, text.data(), text.size() * sizeof(Unit));
  buffer[text.size()] = 0;
}

}  // namespace standin
