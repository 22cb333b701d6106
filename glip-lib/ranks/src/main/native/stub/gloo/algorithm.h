// Stands in for a header of Gloo that torch's own headers include and its package does not bring.
#pragma once
