#include "convert.h"
#include <charconv>
#include <limits>
#include "decimal.h"
#include "failure.h"

namespace standin {

namespace {

bool isDigit(Unit unit) { return unit >= u'0' && unit <= u'9'; }

// How SAP's library ends both of its sentences.
std::string target(const Field& field) {
  return " for the field " + toUtf8(field.name) + " to type " + nameOf(field.type);
}

Failure cannotConvert(const Field& field, std::u16string_view given, size_t position) {
  const std::string at = " at position " + std::to_string(position);
  return Failure(conversionFailure, "Cannot convert string value " + toUtf8(given) + at + target(field));
}

Failure overflow(const Field& field, std::u16string_view given) {
  return Failure(conversionFailure, "Overflow when converting value " + toUtf8(given) + target(field));
}

Text digitsToKept(const Field& field, std::u16string_view given) {
  for (size_t i = 0; i < given.size(); i++)
    if (!isDigit(given[i])) throw cannotConvert(field, given, i);
  if (given.size() > field.length) throw overflow(field, given);
  return Text(field.length - given.size(), u'0').append(given);
}

// Shorter ones are filled with blanks; whether the day exists is nobody's concern on this side.
Text dateToKept(const Field& field, std::u16string_view given) {
  Text kept(given.substr(0, field.length));
  for (size_t i = 0; i < kept.size(); i++)
    if (!isDigit(kept[i]) && kept[i] != u' ') throw cannotConvert(field, given, i);
  if (kept.find_first_not_of(u' ') == kept.npos) return initialOf(field);
  return kept.append(field.length - kept.size(), u' ');
}

Text packedToKept(const Field& field, std::u16string_view given, const Decimal& number) {
  const std::string kept = number.fixed(field.decimals);
  size_t digits = 0;
  for (const char c : kept) digits += isDigit(static_cast<Unit>(c)) ? 1 : 0;
  // Four bits a digit, and four for the sign; the zero before the point does not count where all digits are decimals.
  const size_t most = std::max<size_t>(2 * field.length - 1, field.decimals + 1);
  if (digits > most) throw overflow(field, given);
  return fromUtf8(kept);
}

Text floatingToKept(const Field& field, std::u16string_view given, const Decimal& number) {
  const std::string source = number.scientific(40);
  double value = 0;
  const auto read = std::from_chars(source.data(), source.data() + source.size(), value);
  if (read.ec != std::errc()) throw overflow(field, given);
  char shortest[40];
  const auto written = std::to_chars(shortest, shortest + sizeof shortest, value);
  return fromUtf8(std::string_view(shortest, static_cast<size_t>(written.ptr - shortest)));
}

Text integerTextToKept(const Field& field, std::u16string_view given, const Decimal& number) {
  const std::string source = number.fixed(0);
  int64_t value = 0;
  const auto read = std::from_chars(source.data(), source.data() + source.size(), value);
  if (read.ec != std::errc()) throw overflow(field, given);
  return integerToKept(field, value);
}

Text numberToKept(const Field& field, std::u16string_view given) {
  size_t position = 0;
  const std::optional<Decimal> number = parseDecimal(toUtf8(given), position);
  if (!number) throw cannotConvert(field, given, position);
  switch (field.type) {
    case Type::packed: return packedToKept(field, given, *number);
    case Type::decimal16: return fromUtf8(number->scientific(16));
    case Type::decimal34: return fromUtf8(number->scientific(34));
    case Type::floating: return floatingToKept(field, given, *number);
    default: return integerTextToKept(field, given, *number);
  }
}

Text timestampToKept(std::u16string_view given) {
  const std::u16string_view pattern = u"0000-00-00T00:00:00,0000000";
  bool fits = given.size() == pattern.size();
  for (size_t i = 0; fits && i < pattern.size(); i++) {
    if (pattern[i] == u'0') fits = isDigit(given[i]);
    else if (pattern[i] == u'T') fits = given[i] == u'T' || given[i] == u' ';
    else if (pattern[i] == u',') fits = given[i] == u',' || given[i] == u'.';
    else fits = given[i] == pattern[i];
  }
  if (!fits)
    throw Failure(conversionFailure, "Cannot convert " + toUtf8(given) + " to RFCTYPE_UTCLONG : illegal format");
  Text kept(given);
  kept[19] = u',';
  return kept;
}

bool isInteger(Type type) {
  return type == Type::int1 || type == Type::int2 || type == Type::int4 || type == Type::int8;
}

struct Range {
  int64_t least, most;
};

Range rangeOf(Type type) {
  switch (type) {
    case Type::int1: return {0, 255};
    case Type::int2: return {std::numeric_limits<int16_t>::min(), std::numeric_limits<int16_t>::max()};
    case Type::int4: return {std::numeric_limits<int32_t>::min(), std::numeric_limits<int32_t>::max()};
    default: return {std::numeric_limits<int64_t>::min(), std::numeric_limits<int64_t>::max()};
  }
}

unsigned char nibble(const Field& field, std::u16string_view hex, size_t at) {
  const Unit unit = hex[at];
  if (isDigit(unit)) return static_cast<unsigned char>(unit - u'0');
  const Unit small = static_cast<Unit>(unit | 0x20);
  if (small >= u'a' && small <= u'f') return static_cast<unsigned char>(small - u'a' + 10);
  throw cannotConvert(field, hex, at);
}

Text hexToKept(const Field& field, std::u16string_view hex) {
  std::string bytes;
  if (hex.size() % 2 != 0) throw cannotConvert(field, hex, hex.size());
  for (size_t i = 0; i < hex.size(); i += 2)
    bytes += static_cast<char>(nibble(field, hex, i) << 4 | nibble(field, hex, i + 1));
  return bytesToKept(field, reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
}

}  // namespace

Text toKept(const Field& field, std::u16string_view given) {
  switch (field.type) {
    case Type::chars: return Text(given.substr(0, field.length));
    case Type::string: return Text(given);
    case Type::digits: return digitsToKept(field, given);
    case Type::date:
    case Type::time: return dateToKept(field, given);
    case Type::utclong: return timestampToKept(given);
    case Type::bytes:
    case Type::xstring: return hexToKept(field, given);
    case Type::structure:
    case Type::table: throw Failure(invalidParameter, "field '" + toUtf8(field.name) + "' has no text");
    default: return numberToKept(field, given);
  }
}

Text integerToKept(const Field& field, int64_t given) {
  const Text text = fromUtf8(std::to_string(given));
  if (!isInteger(field.type)) return toKept(field, text);
  const Range range = rangeOf(field.type);
  if (given < range.least || given > range.most) throw overflow(field, text);
  return text;
}

Text bytesToKept(const Field& field, const unsigned char* given, size_t length) {
  static const char16_t* const hex = u"0123456789ABCDEF";
  if (field.type != Type::bytes && field.type != Type::xstring)
    throw Failure(invalidParameter, "field '" + toUtf8(field.name) + "' holds no bytes");
  const size_t most = field.type == Type::bytes ? std::min<size_t>(length, field.length) : length;
  Text kept;
  kept.reserve(most * 2);
  for (size_t i = 0; i < most; i++) {
    kept += hex[given[i] >> 4];
    kept += hex[given[i] & 15];
  }
  if (field.type == Type::bytes) kept.append(2 * (field.length - most), u'0');
  return kept;
}

Text initialOf(const Field& field) {
  switch (field.type) {
    case Type::digits:
    case Type::date:
    case Type::time: return Text(field.length, u'0');
    case Type::bytes: return Text(size_t{2} * field.length, u'0');
    case Type::packed: return fromUtf8(Decimal().fixed(field.decimals));
    case Type::utclong: return u"0000-00-00T00:00:00,0000000";
    case Type::chars:
    case Type::string:
    case Type::xstring: return Text();
    default: return u"0";
  }
}

std::string bytesOf(std::u16string_view hex) {
  const auto value = [](Unit unit) { return isDigit(unit) ? unit - u'0' : (unit | 0x20) - u'a' + 10; };
  std::string bytes;
  bytes.reserve(hex.size() / 2);
  for (size_t i = 0; i + 1 < hex.size(); i += 2) bytes += static_cast<char>(value(hex[i]) << 4 | value(hex[i + 1]));
  return bytes;
}

}  // namespace standin
