// Decimal numbers as digits: nothing is ever rounded through a binary fraction.
#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace standin {

struct Decimal {
  bool isNegative = false;
  std::string digits;  // without leading zeros; empty is zero
  long exponent = 0;   // the value is digits * 10^exponent

  // Half up, so that the exponent is at least this.
  void roundTo(long leastExponent);
  // With exactly so many decimals: packed numbers and integers.
  std::string fixed(unsigned decimals) const;
  // With so many digits at most, in the notation of IEEE 754's to-scientific-string: decimal floating point.
  std::string scientific(size_t precision) const;
};

// On failure `position` is where the text stops being a number.
std::optional<Decimal> parseDecimal(std::string_view text, size_t& position);

}  // namespace standin
