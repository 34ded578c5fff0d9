// Text: UTF-16 as SAP's interface has it, UTF-8 as the wire has it.
#pragma once
#include <algorithm>
#include <cstring>
#include <string>
#include <string_view>
#include "abi.h"

namespace standin {

using Text = std::u16string;

Text fromUtf8(std::string_view utf8);
std::string toUtf8(std::u16string_view text);

// A character beyond the first plane takes two units; a field of fixed length may cut it in half.
bool isHalfPair(Unit unit);
bool isPairAt(std::u16string_view text, size_t at);

// Length of a text that ends with a zero; a null pointer is an empty text.
size_t lengthOf(const Unit* text);
inline Text textOf(const Unit* text) { return Text(text == nullptr ? u"" : text, lengthOf(text)); }
inline std::string utf8Of(const Unit* text) { return toUtf8(textOf(text)); }

// Fills a member of a struct, cut to its size and ended with zeros.
template <size_t N>
void fill(Unit (&member)[N], std::u16string_view text) {
  const size_t length = std::min(text.size(), N - 1);
  std::memcpy(member, text.data(), length * sizeof(Unit));
  std::memset(member + length, 0, (N - length) * sizeof(Unit));
}

// Hands a text to a caller's buffer, ended with a zero; too small a buffer is a failure that names the needed size.
void copyOut(std::u16string_view text, Unit* buffer, unsigned size, unsigned* length);

}  // namespace standin
