#include "decimal.h"
#include <charconv>

namespace standin {

namespace {

bool isDigit(char c) { return c >= '0' && c <= '9'; }

// More than any ABAP type holds; beyond it padding with zeros would only cost memory.
constexpr long maxExponent = 7000;

}  // namespace

std::optional<Decimal> parseDecimal(std::string_view text, size_t& position) {
  Decimal number;
  size_t at = text.find_first_not_of(' ');
  if (at == text.npos) return number;
  const size_t end = text.find_last_not_of(' ') + 1;
  const auto stop = [&]() -> std::optional<Decimal> {
    position = at;
    return std::nullopt;
  };
  if (text[at] == '-' || text[at] == '+') number.isNegative = text[at++] == '-';
  for (; at < end && isDigit(text[at]); at++) number.digits += text[at];
  if (at < end && text[at] == '.')
    for (at++; at < end && isDigit(text[at]); at++, number.exponent--) number.digits += text[at];
  if (number.digits.empty()) return stop();
  if (at < end && (text[at] == 'e' || text[at] == 'E')) {
    const size_t from = at + (at + 1 < end && text[at + 1] == '+' ? 2 : 1);
    long exponent = 0;
    const auto read = std::from_chars(text.data() + from, text.data() + end, exponent);
    if (read.ec != std::errc() || exponent > maxExponent || exponent < -maxExponent) return stop();
    number.exponent += exponent;
    at = static_cast<size_t>(read.ptr - text.data());
  }
  if (at != end) return stop();
  number.digits.erase(0, std::min(number.digits.find_first_not_of('0'), number.digits.size()));
  return number;
}

void Decimal::roundTo(long leastExponent) {
  if (exponent >= leastExponent) return;
  const size_t cut = static_cast<size_t>(leastExponent - exponent);
  const bool isUp = cut <= digits.size() && digits[digits.size() - cut] >= '5';
  digits.erase(cut >= digits.size() ? 0 : digits.size() - cut);
  exponent = leastExponent;
  if (!isUp) return;
  size_t at = digits.size();
  while (at > 0 && digits[at - 1] == '9') digits[--at] = '0';
  if (at > 0) digits[at - 1]++;
  else digits.insert(0, "1");
}

std::string Decimal::fixed(unsigned decimals) const {
  Decimal number = *this;
  number.roundTo(-static_cast<long>(decimals));
  std::string out = number.digits;
  const bool isZero = out.empty();
  if (!isZero) out.append(static_cast<size_t>(number.exponent + decimals), '0');
  if (out.size() < decimals + 1) out.insert(0, decimals + 1 - out.size(), '0');
  if (decimals > 0) out.insert(out.size() - decimals, ".");
  return (isNegative && !isZero ? "-" : "") + out;
}

std::string Decimal::scientific(size_t precision) const {
  Decimal number = *this;
  if (number.digits.size() > precision)
    number.roundTo(number.exponent + static_cast<long>(number.digits.size() - precision));
  const std::string sign = isNegative && !number.digits.empty() ? "-" : "";
  std::string out = number.digits.empty() ? "0" : number.digits;
  const long shift = number.exponent;
  const long adjusted = shift + static_cast<long>(out.size()) - 1;
  if (shift > 0 || adjusted < -6) {
    const std::string mantissa = out.substr(0, 1) + (out.size() > 1 ? "." + out.substr(1) : "");
    return sign + mantissa + "E" + (adjusted < 0 ? "" : "+") + std::to_string(adjusted);
  }
  if (shift == 0) return sign + out;
  const size_t decimals = static_cast<size_t>(-shift);
  if (out.size() <= decimals) out.insert(0, decimals + 1 - out.size(), '0');
  return sign + out.insert(out.size() - decimals, ".");
}

}  // namespace standin
