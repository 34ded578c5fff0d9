// What is known of functions and structures: their parameters and fields.
#pragma once
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>
#include <vector>
#include "json.h"

namespace standin {

struct Layout;

// A parameter of a function, or a field of a structure.
struct Field {
  Text name;
  Type type = Type::chars;
  unsigned length = 0;         // characters, or bytes where it holds no characters
  unsigned unicodeLength = 0;  // bytes in a Unicode system
  unsigned offset = 0, unicodeOffset = 0;
  unsigned decimals = 0;
  const Layout* layout = nullptr;  // of a structure, or of a table's rows
  int direction = changing;
  bool isOptional = false;
  Text defaultValue, text;
};

// The parameters of a function, or the fields of a structure.
struct Layout {
  Text name;
  std::vector<Field> fields;
  std::unordered_map<Text, size_t> places;
  unsigned length = 0, unicodeLength = 0;

  // Failure RFC_INVALID_PARAMETER when there is no such name.
  size_t placeOf(const Text& name) const;
  const Field& at(size_t index) const;
  // Rows of plain values: one field without a name.
  bool isPlain() const { return fields.size() == 1 && fields[0].name.empty(); }
};

// Descriptions of one system. They live as long as the process, since the addon keeps pointers to them, and a function
// whose interface changes meanwhile keeps its old one, as with SAP's library.
class Repository {
 public:
  const Layout* find(const Text& function);
  const Layout* add(const Text& function, const Json& description);

 private:
  std::mutex mutex_;
  std::map<Text, std::unique_ptr<Layout>> functions_;
  std::vector<std::unique_ptr<Layout>> structures_;
};

// One for each system that was ever connected to.
Repository& repositoryOf(const std::string& system);

const char* nameOf(Type type);

}  // namespace standin
